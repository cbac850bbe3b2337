"""Rules are pure: values in, values out; no I/O, no clock, no randomness, no hidden state."""

import ast
import re

from tests.house.sources import Source, dotted, require_none, sources

PURE_DOORS = re.compile(r"backend/[a-z]+/rules(\.py|/)")
IMPURE_MODULES = {
    "asyncio", "asyncpg", "datetime.now", "http", "httpx", "io", "litestar", "os", "pathlib",
    "piccolo", "random", "redis", "secrets", "socket", "sqlite3", "subprocess", "sys", "tempfile",
    "threading", "time", "urllib", "uuid_utils",
}  # fmt: skip
PURE_CORE = {"backend.core.problems", "backend.core.access", "backend.core.masking"}
IMPURE_CALLS = {
    "open", "print", "input", "datetime.now", "datetime.utcnow", "datetime.today", "date.today",
    "uuid4", "uuid.uuid4", "uuid.uuid1", "new_id", "clock.now",
}  # fmt: skip


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def _impurities(source: Source) -> list[str]:
    found = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Await | ast.AsyncFunctionDef | ast.AsyncFor | ast.AsyncWith):
            found.append(f"{source.path}:{node.lineno}: waits")
        if isinstance(node, ast.Global | ast.Nonlocal):
            found.append(f"{source.path}:{node.lineno}: keeps state")
        if isinstance(node, ast.Call) and (called := dotted(node.func)) in IMPURE_CALLS:
            found.append(f"{source.path}:{node.lineno}: calls {called}")
        found += [
            f"{source.path}:{getattr(node, 'lineno', 0)}: imports {name}"
            for name in _imported(node)
            if name.split(".")[0] in IMPURE_MODULES
            or (name.startswith("backend.core.") and not any(name.startswith(p) for p in PURE_CORE))
        ]
    return found


def test_rules_are_pure() -> None:
    rules = [source for source in sources("backend") if PURE_DOORS.match(source.path)]
    assert len(rules) > 10
    require_none(line for source in rules for line in _impurities(source))
