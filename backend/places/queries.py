"""Reads of places."""

from typing import Any

from backend.core.access import Actor, Permission
from backend.core.db import fetch, fetch_one
from backend.core.paging import decode_cursor, page_of
from backend.core.problems import NotFound
from backend.core.wire import Page
from backend.places.schemas import PlaceView
from backend.places.types import PlaceFacts, PlaceKind


def _view(row: Any) -> PlaceView:
    return PlaceView(
        code=row["code"],
        name=row["name"],
        kind=PlaceKind(row["kind"]),
        parent=row["parent_code"],
        official=row["official"],
        zone=row["zone"],
    )


async def get_place(code: str) -> PlaceFacts:
    """A place by its code; not found if there is none."""
    row = await fetch_one("SELECT * FROM places WHERE code = $1", code)
    if row is None:
        raise NotFound
    return PlaceFacts(
        row["code"],
        row["name"],
        PlaceKind(row["kind"]),
        row["parent_code"],
        row["path"],
        row["zone"],
    )


async def get_place_for(actor: Actor, code: str, permission: Permission) -> PlaceFacts:
    """A place where the actor may do this; anywhere else there is nothing to be found."""
    place = await get_place(code)
    if not actor.may(permission, place.path):
        raise NotFound
    return place


async def get_place_view(code: str) -> PlaceView:
    """A place as everybody sees it."""
    row = await fetch_one("SELECT * FROM places WHERE code = $1", code)
    if row is None:
        raise NotFound
    return _view(row)


async def list_places(
    parent: str | None, kind: PlaceKind | None, q: str | None, limit: int, after: str | None
) -> Page[PlaceView]:
    """Places below a parent, of a kind, with a name that contains `q`; by code."""
    (last,) = decode_cursor(after, 1)
    rows = await fetch(
        "SELECT * FROM places WHERE ($1::text IS NULL OR parent_code = $1)"
        " AND ($2::text IS NULL OR kind = $2) AND ($3::text IS NULL OR strpos(name, $3) > 0)"
        " AND ($4::text IS NULL OR code > $4) ORDER BY code LIMIT $5",
        parent,
        kind,
        q,
        last,
        limit + 1,
    )
    return page_of(rows, limit, _view, lambda row: (row["code"],))
