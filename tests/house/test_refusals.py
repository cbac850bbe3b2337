"""Every refusal reads well in both languages, is given somewhere, and has a test."""

import ast
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from backend.app.contract.problems import list_refusals
from backend.core.problems import Refusal
from tests.house.sources import ROOT, dotted, require_none, sources

REFUSALS = list_refusals()
KEBAB = re.compile(r"[a-z]+(-[a-z0-9]+)*")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _facts(template: str, suffix: str = "") -> set[str]:
    """The facts of a sentence; `mode_zh` and `mode_en` are one fact in the reader's language."""
    names = (name for _, name, _, _ in Formatter().parse(template) if name)
    return {name.removesuffix(suffix) for name in names}


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
def test_a_refusal_reads_well(refusal: type[Refusal]) -> None:
    assert KEBAB.fullmatch(refusal.code)
    assert CHINESE.search(refusal.zh)
    assert refusal.zh[-1] in "。？）}", "a Chinese sentence ends like one"
    assert refusal.en
    assert not CHINESE.search(refusal.en)
    assert refusal.en[-1] in ".)}"
    assert _facts(refusal.zh, "_zh") == _facts(refusal.en, "_en")
    facts = dict.fromkeys(_facts(refusal.zh) | _facts(refusal.en), 1)
    assert refusal(**facts).sentence("en")
    assert refusal(**facts).sentence("zh-CN")


def test_refusals_stand_in_rules_or_core() -> None:
    elsewhere = [
        f"{source.path}: {node.name}"
        for source in sources("backend")
        if not re.match(r"backend/(core/|[a-z]+/rules(\.py|/))", source.path)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef) and any(dotted(base) == "Refusal" for base in node.bases)
    ]
    require_none(elsewhere)


def _given() -> Iterator[tuple[str, set[str] | None]]:
    """Each name that a function mentions, with the facts where it is raised or called."""
    for source in sources("backend"):
        for function in source.functions():
            for statement in function.body:
                for node in ast.walk(statement):
                    yield from _mentioned(node)


def _mentioned(node: ast.AST) -> Iterator[tuple[str, set[str] | None]]:
    if isinstance(node, ast.Call):
        spread = any(word.arg is None for word in node.keywords)
        yield _last(node.func), None if spread else {str(word.arg) for word in node.keywords}
    elif isinstance(node, ast.Raise) and node.exc is not None:
        yield _last(node.exc), set()
    elif isinstance(node, ast.Name | ast.Attribute):
        yield _last(node), None


def _last(node: ast.AST) -> str:
    return dotted(node).rpartition(".")[2]


def test_every_refusal_is_given() -> None:
    """By a function, or by the constraint that guards it; `refuses=` alone does not count."""
    given = {name for name, _ in _given()}
    require_none(
        f"{one.__module__}.{one.__name__}"
        for one in REFUSALS
        if one.__name__ not in given and not one.constraint
    )


def _speaks_plainly(refusal: type[Refusal]) -> bool:
    """Whether the sentence is the template over the facts that were given, and nothing more."""
    return refusal.sentence is Refusal.sentence and refusal.__init__ is Refusal.__init__


def test_every_refusal_is_given_with_its_facts() -> None:
    wanted = {one.__name__: _facts(one.zh + one.en) for one in REFUSALS if _speaks_plainly(one)}
    short = {
        f"{name} without {sorted(missing)}"
        for name, facts in _given()
        if facts is not None and (missing := wanted.get(name, set()) - facts)
    }
    require_none(short)


def test_every_code_is_asserted_by_a_test() -> None:
    """By its code, or by the class where a rule is tried as a value."""
    tests = "\n".join(
        source.text
        for source in sources("tests")
        if source.room != "house" or "/test_core_" in source.path
    )
    require_none(
        f"{one.__module__}.{one.__name__}: {one.code}"
        for one in REFUSALS
        if f'"{one.code}"' not in tests and not re.search(rf"\b{one.__name__}\b", tests)
    )


def test_every_refusal_is_documented() -> None:
    documented = (ROOT / "api_spec/problems.md").read_text()
    require_none(one.code for one in REFUSALS if f"| `{one.code}` |" not in documented)
