"""Sizes, names, imports at the top, and nothing that does not belong in a file."""

import ast
import re

import pytest

from tests.house.sources import ROOT, Source, project_files, require_none, sources

FILE_LINES = 300
FUNCTION_LINES = 45
NO_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "service",
    "services",
    "manager",
    "base",
}
OPENS_TRANSACTIONS = ("backend/core/db/transaction.py", "backend/core/batch.py")


def _everything() -> tuple[Source, ...]:
    return (*sources("backend"), *sources("tests"))


def test_files_are_short() -> None:
    long = {source.path: source.lines for source in _everything() if source.lines > FILE_LINES}
    require_none(long.items())


def test_functions_are_short() -> None:
    long = {
        f"{source.path}:{function.name}": length
        for source in _everything()
        for function in source.functions()
        if (length := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    }
    require_none(long.items())


def test_no_file_means_the_rest() -> None:
    named = [
        source.path for source in _everything() if NO_NAMES & set(re.split(r"[/_.]", source.path))
    ]
    require_none(named)


def test_imports_stand_at_the_top() -> None:
    inside = [
        f"{source.path}:{node.lineno}"
        for source in sources("backend")
        for function in source.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    require_none(inside)


def test_only_core_opens_transactions() -> None:
    opened = [
        f"{source.path}:{node.lineno}"
        for source in sources("backend")
        if source.path not in OPENS_TRANSACTIONS
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr == "transaction"
    ]
    require_none(opened)


def test_each_room_says_what_it_is_for() -> None:
    silent = [
        source.path
        for source in sources("backend")
        if source.path.endswith("/__init__.py") and not ast.get_docstring(source.tree)
    ]
    require_none(silent)


FORBIDDEN_TEXT = {
    "unfinished": re.compile(r"\b(TO[D]O|FIX[M]E|X{3})\b"),
    "machine path": re.compile(r"(?<![\w.])/(tmp|root|work|home/[a-z]+)/"),
    "registry": re.compile(r"(files[.]pythonhosted|pypi[.]org/simple|index[-]url|registry[.]npm)"),
}


@pytest.mark.parametrize("kind", FORBIDDEN_TEXT)
def test_no_file_carries(kind: str) -> None:
    found = []
    for path in project_files():
        name = path.relative_to(ROOT)
        text = path.read_text(errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            if FORBIDDEN_TEXT[kind].search(line):
                found.append(f"{name}:{number}: {line.strip()[:100]}")
    require_none(found)
