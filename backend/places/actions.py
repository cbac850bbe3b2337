"""Writes of places: loading the administrative tree."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.core.db import atomic, fetch
from backend.places.types import PlaceKind

DEFAULT_ZONE = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A line of `seed/places/places.tsv`."""

    code: str
    name: str
    kind: PlaceKind
    parent_code: str | None
    official: bool


async def load_places(places: Sequence[NewPlace]) -> int:
    """Insert or rename places, parents before children; returns how many lines were read.

    Raises `KeyError` with the parent's code when a parent stands after its child or is missing.
    """
    paths: dict[str, str] = {}
    async with atomic():
        for place in places:
            above = paths[place.parent_code] if place.parent_code else "/"
            paths[place.code] = f"{above}{place.code}/"
            await fetch(
                "INSERT INTO places (code, name, kind, parent_code, path, official, zone)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7)"
                " ON CONFLICT (code) DO UPDATE SET name = excluded.name",
                place.code,
                place.name,
                place.kind,
                place.parent_code,
                paths[place.code],
                place.official,
                DEFAULT_ZONE,
            )
    return len(places)
