"""Rolls, presence and motions as other rooms know them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from backend.polls.types.count import Outcome
from backend.polls.types.rule import Electorate


class PresenceMode(StrEnum):
    """How somebody is present: 现场, 线上."""

    IN_PERSON = "in_person"
    ONLINE = "online"


class MotionState(StrEnum):
    """草稿, 表决中, 时间已到, 已计票, 未付表决."""

    DRAFT = "draft"
    OPEN = "open"
    ENDED = "ended"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class ClauseOutcome(StrEnum):
    """达到, 未达到."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class RollMember:
    """Somebody to put on a roll, one head, with the office that seats her there."""

    person_id: UUID
    office: str


@dataclass(frozen=True, slots=True)
class RollFacts:
    """A frozen roll: its size and the SHA-256 of who stands on it with which weight."""

    id: UUID
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PresenceFacts:
    """Present since `marked_at`; `repeated` when it was marked before."""

    entry_id: UUID
    marked_at: datetime
    repeated: bool


@dataclass(frozen=True, slots=True)
class NewMotion:
    """A question to put to a roll under the rule in force on a day (None: today, there).

    `not_before` is when voting may open at the earliest (the meeting's start). `live_topic` names
    the live stream that shows the motion, and is woken when it changes.
    """

    place_code: str
    roll_id: UUID
    title: str
    question: str
    rule_id: str
    on: date | None = None
    not_before: datetime | None = None
    mode: Electorate = Electorate.MEMBERS
    live_topic: str | None = None


@dataclass(frozen=True, slots=True)
class MotionFacts:
    """A motion after its closure: what was asked, and what came out (None: not counted)."""

    id: UUID
    title: str
    question: str
    closed_at: datetime | None
    outcome: Outcome | None
    publish_min_days: int | None
