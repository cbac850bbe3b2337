"""Names put together by chance: a surname by frequency, a given name by the time of birth."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

_SHARE_OF_ONE_CHARACTER_NAMES = 0.15


@dataclass(frozen=True, slots=True)
class Era:
    """Characters of given names for those born before the year."""

    born_before: int
    male: str
    female: str


@dataclass(frozen=True, slots=True)
class NameStock:
    """Surnames with cumulative weights, and the eras from old to young."""

    surnames: tuple[str, ...]
    cumulative: tuple[int, ...]
    eras: tuple[Era, ...]


def parse_names(mapping: Mapping[str, Any]) -> NameStock:
    """Read `seed/demo/names.toml`; raises `ValueError` when a list is empty or out of order."""
    weights: dict[str, int] = mapping["surnames"]
    eras = tuple(Era(**era) for era in mapping["eras"])
    years = [era.born_before for era in eras]
    if not weights or not eras or years != sorted(set(years)):
        raise ValueError("names need surnames, and eras in the order of their years")
    total = 0
    cumulative = tuple(total := total + weight for weight in weights.values())
    return NameStock(tuple(weights), cumulative, eras)


def draw_surname(names: NameStock, rng: Random) -> str:
    """A surname, as frequent as among people."""
    return rng.choices(names.surnames, cum_weights=names.cumulative)[0]


def draw_given_name(names: NameStock, is_male: bool, birth_year: int, rng: Random) -> str:
    """One or two different characters; the last era holds for whoever is younger still."""
    era = next((era for era in names.eras if birth_year < era.born_before), names.eras[-1])
    characters = sorted(set(era.male if is_male else era.female))
    return "".join(rng.sample(characters, 1 if rng.random() < _SHARE_OF_ONE_CHARACTER_NAMES else 2))
