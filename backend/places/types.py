"""Values of places."""

from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    """Levels of the administrative tree; zones are development zones (开发区)."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    ZONE = "zone"
    STREET = "street"
    COMMUNITY = "community"


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """A place: its code, name, kind, chain of codes and IANA zone."""

    code: str
    name: str
    kind: PlaceKind
    parent_code: str | None
    path: str
    zone: str
