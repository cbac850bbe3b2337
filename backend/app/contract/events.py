"""`events.md`: the events of the audit trail and the functions that record them."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.app.contract.markdown import WRITTEN_BY, table

_BACKEND = Path(__file__).resolve().parents[2]
COMPUTED = "(computed)"

_IN_A_STATEMENT = re.compile(r"INSERT INTO audit_events \([^)]*\)\s+SELECT '(\w+)'")
"""Hot doors write their audit row in the one statement that does everything."""

_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """One place that records an event; `name` is `COMPUTED` where nothing names it."""

    name: str
    place: str


def list_events() -> list[Event]:
    """Every `audit.record(…)` in the source and every row of a hot statement, by name and place."""
    return sorted(
        {
            event
            for path in sorted(_BACKEND.rglob("*.py"))
            if "audit" in (text := path.read_text(encoding="utf-8"))
            for event in _events_in(_module_name(path), text)
        }
    )


def write_events() -> str:
    """A table of events."""
    rows = [[f"`{event.name}`", f"`{event.place}`"] for event in list_events()]
    return (
        f"# Audit events 审计事件 ({len(rows)})\n\n{WRITTEN_BY}"
        "Each row is written in the transaction of the change that it records. Facts carry"
        " identifiers and figures, never names or texts.\n\n"
        + table(["event", "recorded by"], rows)
    )


def _module_name(path: Path) -> str:
    return ".".join(path.relative_to(_BACKEND.parent).with_suffix("").parts)


def _events_in(module: str, text: str) -> Iterator[Event]:
    yield from _events_of(module, ast.parse(text))
    for name in _IN_A_STATEMENT.findall(text):
        yield Event(name, module)


def _events_of(module: str, tree: ast.Module) -> Iterator[Event]:
    functions = [node for node in ast.walk(tree) if isinstance(node, _Function)]
    for function in functions:
        for call in _calls(function, "audit.record"):
            first = call.args[0] if call.args else None
            names = [argument.arg for argument in function.args.args]
            if isinstance(first, ast.Constant):
                yield Event(str(first.value), f"{module}.{function.name}")
            elif isinstance(first, ast.Name) and first.id in names:
                yield from _handed_on(module, functions, function.name, names.index(first.id))
            else:
                yield Event(COMPUTED, f"{module}.{function.name}")


def _handed_on(
    module: str, functions: Sequence[_Function], recorder: str, position: int
) -> Iterator[Event]:
    """The events of a module whose own `recorder` takes the name as an argument."""
    for function in functions:
        for call in _calls(function, recorder):
            given = call.args[position] if len(call.args) > position else None
            name = str(given.value) if isinstance(given, ast.Constant) else COMPUTED
            yield Event(name, f"{module}.{function.name}")


def _calls(function: _Function, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
            yield node
