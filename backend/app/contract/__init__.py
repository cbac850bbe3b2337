"""Contract: the files under `api_spec/` that are generated from the code and never edited.

`openapi.json` is what `/schema/openapi.json` serves, `access.md` says who may call what,
`problems.md` every refusal, `events.md` what the audit trail records, `rules.md` which rule of
the documents is proved by which test.
"""

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
from litestar import Litestar

from backend.app.contract.access import write_access
from backend.app.contract.events import write_events
from backend.app.contract.problems import write_problems
from backend.app.contract.rules import write_rules
from backend.app.main import create_app

__all__ = ["stale_files", "write_contract"]


def write_contract(folder: Path, app: Litestar | None = None) -> list[Path]:
    """Write every file anew and return their paths; the same code gives the same bytes."""
    contract = _contract(app or create_app())
    for name, text in contract.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in contract]


def stale_files(folder: Path, app: Litestar | None = None) -> list[Path]:
    """The files that are missing or differ from what the code says now."""
    return [
        path
        for name, text in _contract(app or create_app()).items()
        if not (path := folder / name).is_file() or path.read_text(encoding="utf-8") != text
    ]


def _contract(app: Litestar) -> dict[str, str]:
    writers: dict[str, Callable[[Litestar], str]] = {
        "openapi.json": _write_openapi,
        "access.md": write_access,
        "problems.md": write_problems,
        "events.md": lambda _: write_events(),
        "rules.md": lambda _: write_rules(),
    }
    return {name: write(app) for name, write in writers.items()}


def _write_openapi(app: Litestar) -> str:
    document = json.loads(msgspec.json.encode(app.openapi_schema.to_schema()))
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
