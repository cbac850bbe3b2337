"""`problems.md`: every refusal, in both languages, and the operations that declare it."""

import importlib
from pathlib import Path

from litestar import Litestar

from backend.app.contract.markdown import WRITTEN_BY, table
from backend.app.contract.operations import Operation, list_operations
from backend.core.problems import REFUSALS, Refusal

_MANY = 12
_BACKEND = Path(__file__).resolve().parents[2]
_WHERE_THEY_STAND = ("*/rules.py", "*/rules/*.py", "core/**/*.py")


def list_refusals() -> list[type[Refusal]]:
    """Every refusal of the project by room and code, whether or not a route has loaded it yet."""
    for pattern in _WHERE_THEY_STAND:
        for path in _BACKEND.glob(pattern):
            module = path.relative_to(_BACKEND.parent).with_suffix("")
            importlib.import_module(".".join(module.parts).removesuffix(".__init__"))
    ours = [one for one in REFUSALS.values() if one.__module__.startswith("backend.")]
    return sorted(ours, key=lambda one: (room_of(one), one.code))


def room_of(refusal: type[Refusal]) -> str:
    """The room in which a refusal stands."""
    return refusal.__module__.split(".")[1]


def write_problems(app: Litestar) -> str:
    """A table of refusals for each room."""
    refusals, operations = list_refusals(), list_operations(app)
    rooms = "\n".join(
        f"## {room}\n\n" + _table([one for one in refusals if room_of(one) == room], operations)
        for room in dict.fromkeys(map(room_of, refusals))
    )
    return (
        f"# Problems 错误代码 ({len(refusals)})\n\n{WRITTEN_BY}"
        "Every error is one `application/problem+json` document (RFC 9457): `type` is"
        " `/problems/<code>`, which explains itself; `detail` is the sentence below in the language"
        " of `Accept-Language` with its facts filled in; the facts stand beside the standard"
        f" members.\n\n{rooms}"
    )


def _table(refusals: list[type[Refusal]], operations: list[Operation]) -> str:
    return table(
        ["code", "status", "kind", "中文", "English", "declared by"],
        (
            [
                f"`{one.code}`",
                str(one().status),
                one.kind,
                one.zh,
                one.en,
                _declared_by(one, operations),
            ]
            for one in refusals
        ),
    )


def _declared_by(refusal: type[Refusal], operations: list[Operation]) -> str:
    names = [f"`{one.name}`" for one in operations if refusal in one.refuses]
    if len(names) == len(operations):
        return "every operation"
    return f"{len(names)} operations" if len(names) > _MANY else ", ".join(names)
