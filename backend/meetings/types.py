"""Values of meetings."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class MeetingKind(StrEnum):
    """居民代表会议; further kinds follow with their rules."""

    REPRESENTATIVE_MEETING = "representative_meeting"


class MeetingMode(StrEnum):
    """现场, 线上, 线上线下结合."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"


class MeetingState(StrEnum):
    """筹备, 已通知, 会议中, 已结束."""

    DRAFT = "draft"
    NOTICED = "noticed"
    IN_SESSION = "in_session"
    CLOSED = "closed"


class WayKind(StrEnum):
    """By which way a decision is carried out: 专项基金, 居委会办理, 转交有关部门."""

    FUND = "fund"
    COMMITTEE = "committee"
    REFERRAL = "referral"


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting as its rules know it; `path` and `zone` are its place's."""

    id: UUID
    place_code: str
    path: str
    zone: str
    kind: MeetingKind
    rule_id: str
    title: str
    venue: str
    mode: MeetingMode
    starts_at: datetime
    noticed_at: datetime | None
    closed_at: datetime | None
    roll_id: UUID | None


@dataclass(frozen=True, slots=True)
class TopicFacts:
    """A topic as other verbs of the room know it."""

    id: UUID
    place_code: str
    path: str
    need_id: UUID | None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not refused but must be looked at."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What a resolution rests on, for the words that publish it; heads are whole."""

    meeting_title: str
    question: str
    eligible: int
    present: int
    yes: int
    no: int
    abstain: int
