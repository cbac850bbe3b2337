"""Values of identity."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from backend.core.access import Role


class Sex(StrEnum):
    """As on the ID document; unknown where nobody has seen one."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person to put on the register; phone and ID number are sealed on the way in."""

    id: UUID
    name: str
    sex: Sex
    birth_on: date
    phone: str | None = None
    id_number: str | None = None


@dataclass(frozen=True, slots=True)
class NewGrant:
    """A role to give at a place: from `valid_from` (None: at once), until `valid_until` (None:
    until revoked).
    """

    account_id: UUID
    role: Role
    place_code: str
    valid_until: datetime | None = None
    valid_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What rules need to know of a sign-in code."""

    expires_at: datetime
    tries: int
    used: bool
    matches: bool


@dataclass(frozen=True, slots=True)
class CodesSent:
    """How many codes went out lately: to this phone, to this address, to everybody."""

    phone_minute: int
    phone_hour: int
    phone_day: int
    address_hour: int
    all_hour: int


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What rules need to know of a session whose refresh token was presented."""

    is_current: bool
    is_previous: bool
    rotated_at: datetime
    expires_at: datetime
    revoked: bool
