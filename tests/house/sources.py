"""The project's own source files, parsed once: what the house tests look at."""

import ast
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file: its path below the project, its text, its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @property
    def room(self) -> str:
        """The folder below `backend/` or `tests/`."""
        parts = self.path.split("/")
        return parts[1] if len(parts) > 2 else ""

    def functions(self) -> Iterator[Function]:
        """Every function, methods and inner ones included."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node


@cache
def project_files() -> tuple[Path, ...]:
    """Files that are or will be committed: what git tracks and does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    return tuple(path for name in sorted(filter(None, listed)) if (path := ROOT / name).is_file())


@cache
def sources(folder: str) -> tuple[Source, ...]:
    """The Python files below `folder`, without the generated migration."""
    return tuple(
        Source(name, text := path.read_text(), ast.parse(text))
        for path in project_files()
        if (name := str(path.relative_to(ROOT))).startswith(f"{folder}/")
        and name.endswith(".py")
        and not name.endswith("_tables.py")
    )


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or attribute chain; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (left := dotted(node.value)):
        return f"{left}.{node.attr}"
    return ""


def require_none(found: Iterable[object]) -> None:
    """Fail with every line of what was found; pytest would show the first hundred characters."""
    lines = sorted(map(str, found))
    if lines:
        raise AssertionError(f"{len(lines)} found:\n" + "\n".join(lines))
