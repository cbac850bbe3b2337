"""What crosses the wire in meetings."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from backend.core.wire import NOT_BLANK, Body, Line, Text, View
from backend.meetings.types import MeetingKind, MeetingMode, MeetingState, WayKind
from backend.needs.types import NeedCategory
from backend.polls.queries import MotionView, QuorumView
from backend.polls.types import Outcome, PresenceMode

Moment = Annotated[datetime, Meta(tz=True, examples=["2026-12-01T11:00:00Z"])]
ShortTitle = Annotated[str, Meta(min_length=1, max_length=120, pattern=NOT_BLANK)]


class ProposeTopic(Body):
    """A matter to deliberate; on a need it takes the need's category."""

    title: Line
    text: Text
    category: NeedCategory = NeedCategory.PARTICIPATION
    need_id: UUID | None = None


class TopicView(View):
    """A topic; its supporters are counted, never listed."""

    id: UUID
    place_code: str
    need_id: UUID | None
    category: NeedCategory
    title: str
    text: str
    proposed_at: datetime
    supporters: int
    supported_by_me: bool


class CallMeeting(Body):
    """A meeting to call under the rule that is in force for its body."""

    kind: MeetingKind
    rule_id: Annotated[str, Meta(min_length=1, max_length=20, examples=["RC-2"])]
    title: ShortTitle
    starts_at: Moment
    venue: ShortTitle
    mode: MeetingMode


class AddAgendaItem(Body):
    """An item for the end of the agenda, often about a topic."""

    title: Line
    topic_id: UUID | None = None


class AgendaItemView(View):
    """An item of an agenda."""

    id: UUID
    number: int
    title: str
    topic_id: UUID | None


class MeetingLine(View):
    """A meeting in a list."""

    id: UUID
    place_code: str
    kind: MeetingKind
    rule_id: str
    title: str
    starts_at: datetime
    venue: str
    mode: MeetingMode
    state: MeetingState
    noticed_at: datetime | None
    closed_at: datetime | None


class MeetingView(MeetingLine):
    """A meeting with its agenda, and the motions that were put in it."""

    agenda: list[AgendaItemView]
    motions: list[MotionView]


class FindingView(View):
    """Something that is lawful but should be looked at."""

    code: str
    zh: str
    en: str


class MeetingNoticeView(View):
    """Notice was given: the roll is frozen, and those on it were told."""

    meeting_id: UUID
    noticed_at: datetime
    rule_id: str
    rule_version: int
    notice_days: int
    roll_size: int
    roll_sha256: str
    told: int
    findings: list[FindingView]


class MeetingCodeView(View):
    """The code to show on the screen; it changes every `step_s` seconds."""

    code: str
    link: str
    valid_until: datetime
    step_s: int


class CheckInAtMeeting(Body):
    """The code that was scanned, and how one takes part."""

    code: Annotated[str, Meta(min_length=1, max_length=100)]
    mode: PresenceMode


class AttendanceView(View):
    """Present since `marked_at`; `repeated` when that was said before."""

    meeting_id: UUID
    entry_id: UUID
    marked_at: datetime
    repeated: bool
    words: str
    words_en: str


class PutMotion(Body):
    """A question to vote on, about an item of the agenda."""

    agenda_item_id: UUID
    title: Line
    question: Text


class AdoptResolution(Body):
    """The decision on a motion that passed: what, by which way, who answers for it, by when."""

    motion_id: UUID
    text: Text
    way_kind: WayKind
    way_ref: Annotated[str, Meta(min_length=1, max_length=60, pattern=NOT_BLANK)]
    responsible: ShortTitle
    due_at: Moment


class ResolutionView(View):
    """A decision with its publication; `need_id` is the need that its topic was about."""

    id: UUID
    place_code: str
    meeting_id: UUID
    motion_id: UUID
    need_id: UUID | None
    title: str
    text: str
    way_kind: WayKind
    way_ref: str
    responsible: str
    due_at: datetime
    decided_at: datetime
    publication_id: UUID


class AskStreamTicket(Body):
    """The live topic to watch, such as `meeting:<id>`."""

    topic: Annotated[str, Meta(min_length=1, max_length=80)]


class StreamTicketView(View):
    """Opens one live stream within 60 seconds."""

    ticket: str
    topic: str
    expires_at: datetime


class LiveResult(View):
    """A result as the live stream shows it."""

    motion_id: UUID
    title: str
    outcome: Outcome
    present: int
    yes: int
    no: int
    abstain: int
    words: list[str]


class MeetingLiveView(View):
    """What the screen of a meeting shows: never a count of what was said before the end."""

    meeting_id: UUID
    title: str
    state: MeetingState
    agenda: list[AgendaItemView]
    quorum: QuorumView | None
    motion: MotionView | None
    results: list[LiveResult]
