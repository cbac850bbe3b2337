"""Every door declares who may come in, and one verb has one name in all its places."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest
from litestar import Litestar, Router
from litestar import get as bare_get
from litestar.handlers import HTTPRouteHandler

from backend.app.access import require_declared_access
from backend.core.access import Permission
from tests.house.sources import ROOT, require_none

STORES_NOTHING = {"issue_stream_ticket"}
"""POSTs that answer with something signed and leave nothing behind."""


@dataclass(frozen=True)
class Door:
    """One operation of the application and where its function stands."""

    path: str
    handler: HTTPRouteHandler

    @property
    def room(self) -> str:
        return str(self.handler.fn.__module__).split(".")[1]

    @property
    def verb(self) -> str:
        return str(self.handler.fn.__name__)

    @property
    def writes(self) -> bool:
        return "GET" not in self.handler.http_methods and self.room != "app"

    @property
    def needs(self) -> Permission | None:
        return self.handler.opt.get("needs")

    @property
    def test_file(self) -> Path:
        return ROOT / "tests" / self.room / f"test_{self.verb}.py"


@pytest.fixture(scope="session")
def doors(app: Litestar) -> list[Door]:
    """Every operation of ours."""
    return [
        Door(route.path, handler)
        for route in app.routes
        for handler in getattr(route, "route_handlers", [])
        if isinstance(handler, HTTPRouteHandler)
        and handler.fn.__module__.startswith("backend.")
        and "OPTIONS" not in handler.http_methods
    ]


def test_the_app_refuses_a_silent_handler() -> None:
    @bare_get("/silent", sync_to_thread=False)
    def silent() -> None: ...

    with pytest.raises(RuntimeError, match="silent"):
        require_declared_access(Litestar([Router("/v1", route_handlers=[silent])]))


def test_every_door_declares_what_it_needs(doors: list[Door]) -> None:
    assert len(doors) > 10
    require_none(door.path for door in doors if not isinstance(door.needs, Permission))


def test_every_room_with_routes_is_mounted(doors: list[Door]) -> None:
    built = {path.relative_to(ROOT / "backend").parts[0] for path in ROOT.glob("backend/*/routes*")}
    require_none(built - {door.room for door in doors})


def test_operation_ids_are_the_names_of_the_functions(doors: list[Door]) -> None:
    require_none(door.path for door in doors if door.handler.operation_id != door.verb)
    verbs = [door.verb for door in doors]
    require_none({verb for verb in verbs if verbs.count(verb) > 1})


def test_every_writing_verb_is_an_action_of_its_room(doors: list[Door]) -> None:
    missing = [
        f"{door.room}.actions.{door.verb}"
        for door in doors
        if door.writes
        and door.verb not in STORES_NOTHING
        and not hasattr(import_module(f"backend.{door.room}.actions"), door.verb)
    ]
    require_none(missing)


def test_every_writing_verb_has_its_test_file(doors: list[Door]) -> None:
    missing = [
        str(door.test_file.relative_to(ROOT))
        for door in doors
        if door.writes and not door.test_file.is_file()
    ]
    require_none(missing)


def test_eve_is_tried_in_every_verb_file(doors: list[Door]) -> None:
    """Except where a verb is public, or reaches nothing but one's own account."""
    untried = [
        str(door.test_file.relative_to(ROOT))
        for door in doors
        if door.writes
        and door.needs is not Permission.PUBLIC
        and (door.needs is not Permission.SIGNED_IN or "{" in door.path)
        and door.test_file.is_file()
        and "people.eve" not in door.test_file.read_text()
    ]
    require_none(untried)
