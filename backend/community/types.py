"""Values of a community."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class CommunityBody(StrEnum):
    """Bodies with members: 居委会, 居民代表, 居务监督委员会."""

    COMMITTEE = "committee"
    REPRESENTATIVES = "representatives"
    SUPERVISION = "supervision"


class Office(StrEnum):
    """A seat's office: 主任, 副主任, 委员 or 代表."""

    CHAIR = "chair"
    DEPUTY = "deputy"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class BodyMember:
    """Who holds a seat right now."""

    person_id: UUID
    name: str
    office: Office


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A dwelling; area in 0.01 m²."""

    id: UUID
    building: str
    entrance: str
    room: str
    area_centi: int


@dataclass(frozen=True, slots=True)
class NewHousehold:
    """People who live as one household in a unit."""

    id: UUID
    unit_id: UUID
    number: str
    representative_id: UUID | None


@dataclass(frozen=True, slots=True)
class NewResidency:
    """A person lives in a household, confirmed."""

    person_id: UUID
    household_id: UUID
    relation: str
    hukou_local: bool
    permanent: bool


@dataclass(frozen=True, slots=True)
class NewTenure:
    """Who owns, rents or borrows a unit."""

    unit_id: UUID
    person_id: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class Register:
    """The register of one community, to load at once: units, households, residencies, tenures."""

    place_code: str
    as_of: date
    units: tuple[NewUnit, ...]
    households: tuple[NewHousehold, ...]
    residencies: tuple[NewResidency, ...]
    tenures: tuple[NewTenure, ...]
