"""What every installation needs, production too: places, voting rules, policy packs."""

import tomllib
from typing import Any

from backend.places.actions import NewPlace, load_places
from backend.places.types import PlaceKind
from backend.policies.actions import load_packs
from backend.polls.actions import load_voting_rules
from backend.settings import SEED_DIR


async def load_reference() -> None:
    """Load places, voting rules and policy packs; safe to repeat."""
    await load_places(read_places())
    await load_voting_rules(read_toml("rules"))
    packs = sorted((SEED_DIR / "policies").glob("*.toml"))
    await load_packs([(pack.name, pack.read_bytes()) for pack in packs])


def read_toml(folder: str) -> dict[str, dict[str, Any]]:
    """The parsed TOML files of a folder below `seed/`, by file name."""
    files = sorted((SEED_DIR / folder).glob("*.toml"))
    return {file.name: tomllib.loads(file.read_text()) for file in files}


def read_places() -> list[NewPlace]:
    """The lines of `seed/places/places.tsv`."""
    lines = (SEED_DIR / "places/places.tsv").read_text().splitlines()[1:]
    return [
        NewPlace(code, name, PlaceKind(kind), parent or None, official == "yes")
        for code, name, kind, parent, official in (line.split("\t") for line in lines)
    ]
