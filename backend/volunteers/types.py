"""Values of volunteers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Capacity(StrEnum):
    """As what somebody serves in a 三工 team (党工, 社工, 义工); one person may hold several."""

    PARTY_WORKER = "party_worker"
    SOCIAL_WORKER = "social_worker"
    VOLUNTEER = "volunteer"


class Ledger(StrEnum):
    """Volunteer service (志愿服务) and paid duty time (在岗) never share a ledger."""

    VOLUNTEER = "volunteer"
    DUTY = "duty"


class Direction(StrEnum):
    """签到 and 签退."""

    IN = "in"
    OUT = "out"


class Provenance(StrEnum):
    """Scanned on the spot, or made up for later by two people: the two never mix."""

    MACHINE = "machine"
    MAKE_UP = "make_up"


class ScanNote(StrEnum):
    """What the log says of an accepted scan; a refused one carries its refusal's code."""

    OK = "ok"
    REPEATED = "repeated"
    CLOCK_SKEW = "clock-skew"


class Step(StrEnum):
    """What a scan leads to."""

    ENTER = "enter"
    LEAVE = "leave"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment to a moment, both in it."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class HoursPolicy:
    """How presence becomes hours: the figures of one policy pack, in minutes.

    `day_starts_at` is the wall-clock time (`HH:MM`) at which a service day begins.
    """

    rounding_minutes: int
    grace_before_minutes: int
    grace_after_minutes: int
    minimum_minutes: int
    daily_cap_minutes: int
    day_starts_at: str


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """A team with the chain of codes of its place."""

    id: UUID
    place_code: str
    path: str
    project_id: UUID | None


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """An activity with its place, that place's chain of codes and its zone."""

    id: UUID
    team_id: UUID
    place_code: str
    path: str
    zone: str
    project_id: UUID | None


@dataclass(frozen=True, slots=True)
class ShiftFacts:
    """A shift as rules judge it; `policy_key` and `policy_version` were pinned at its opening."""

    id: UUID
    team_id: UUID
    place_code: str
    path: str
    zone: str
    project_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    break_minutes: int
    attendees: int | None
    policy_key: str
    policy_version: str
    hours_confirmed_at: datetime | None

    @property
    def period(self) -> Period:
        """The shift as it was announced, without graces."""
        return Period(self.starts_at, self.ends_at)


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """One presence of a person at a shift; `out_at` is None while she is inside."""

    id: UUID
    in_at: datetime
    out_at: datetime | None


@dataclass(frozen=True, slots=True)
class ElsewhereFacts:
    """An open presence at another shift; nobody can check out there after `window_ends_at`."""

    session_id: UUID
    shift_id: UUID
    title: str
    window_ends_at: datetime


@dataclass(frozen=True, slots=True)
class PresenceFacts:
    """Where a person stands towards one shift at the moment of a scan."""

    capacity: Capacity | None
    here: SessionFacts | None
    elsewhere: ElsewhereFacts | None


@dataclass(frozen=True, slots=True)
class Standing:
    """All that a scan is judged by, read in one statement at `at`."""

    at: datetime
    shift: ShiftFacts
    policy: HoursPolicy
    presence: PresenceFacts
