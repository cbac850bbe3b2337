"""Reads of meetings: agenda, roll, quorum, the code on the screen."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from backend import settings
from backend.core import clock
from backend.core.access import Actor, Permission
from backend.core.db import fetch, fetch_one
from backend.core.paging import decode_newest, page_of
from backend.core.problems import NotFound
from backend.core.tokens import CODE_STEP_S, code_valid_until, is_rotating_code, rotating_code
from backend.core.wire import Page
from backend.meetings import rules
from backend.meetings.schemas import AgendaItemView, MeetingCodeView, MeetingLine, MeetingView
from backend.meetings.types import MeetingFacts, MeetingKind, MeetingMode
from backend.places.queries import get_place
from backend.polls import queries as polls
from backend.polls.queries import QuorumView, RollPage
from backend.polls.types import VotingRule

Lock = Literal["", "FOR SHARE OF m", "FOR UPDATE OF m"]

_FACTS = (
    "SELECT m.id, m.place_code, p.path, p.zone, m.kind, m.rule_id, m.title, m.venue, m.mode,"
    " m.starts_at, m.noticed_at, m.closed_at, m.roll_id FROM meetings m"
    " JOIN places p ON p.code = m.place_code WHERE m.id = $1"
)


async def get_meeting_for(
    actor: Actor, meeting_id: UUID, permission: Permission | None = None, *, lock: Lock = ""
) -> MeetingFacts:
    """A meeting of a place where the actor may do this (None: where she belongs)."""
    meeting = await get_meeting(meeting_id, lock=lock)
    may = actor.may(permission, meeting.path) if permission else actor.belongs_to(meeting.path)
    if not may:
        raise NotFound
    return meeting


async def get_meeting(meeting_id: UUID, *, lock: Lock = "") -> MeetingFacts:
    """A meeting, whoever asks; not found if there is none."""
    row = await fetch_one(f"{_FACTS} {lock}", meeting_id)
    if row is None:
        raise NotFound
    kind, mode = MeetingKind(row["kind"]), MeetingMode(row["mode"])
    return MeetingFacts(**{**row, "kind": kind, "mode": mode})


def live_topic(meeting_id: UUID) -> str:
    """The name of a meeting's live stream."""
    return f"meeting:{meeting_id}"


def local_day(at: datetime, zone: str) -> date:
    """The calendar day of a moment where the place is."""
    return at.astimezone(ZoneInfo(zone)).date()


async def get_rule_of(meeting: MeetingFacts) -> VotingRule:
    """The rule that decides in a meeting: in force at its place on its day."""
    on = local_day(meeting.starts_at, meeting.zone)
    return await polls.get_rule(meeting.rule_id, meeting.path, on)


async def list_agenda(meeting_id: UUID) -> list[AgendaItemView]:
    """The agenda in order."""
    rows = await fetch(
        "SELECT id, number, title, topic_id FROM agenda_items WHERE meeting_id = $1"
        " ORDER BY number",
        meeting_id,
    )
    return [AgendaItemView(**row) for row in rows]


async def list_motion_ids(meeting_id: UUID) -> list[UUID]:
    """The motions that were put in a meeting."""
    rows = await fetch("SELECT motion_id FROM meeting_motions WHERE meeting_id = $1", meeting_id)
    return [row["motion_id"] for row in rows]


async def view_meeting(actor: Actor, meeting_id: UUID) -> MeetingView:
    """A meeting with agenda and motions, for those who belong to its place."""
    await get_meeting_for(actor, meeting_id)
    row = await fetch_one(
        "SELECT m.*, linli_now() AS now FROM meetings m WHERE m.id = $1", meeting_id
    )
    line = _line(row)
    return MeetingView(
        **{field: getattr(line, field) for field in line.__struct_fields__},
        agenda=await list_agenda(meeting_id),
        motions=await polls.list_motions(await list_motion_ids(meeting_id)),
    )


def _line(row: Any) -> MeetingLine:
    return MeetingLine(
        id=row["id"],
        place_code=row["place_code"],
        kind=MeetingKind(row["kind"]),
        rule_id=row["rule_id"],
        title=row["title"],
        starts_at=row["starts_at"],
        venue=row["venue"],
        mode=MeetingMode(row["mode"]),
        state=rules.decide_state(row["starts_at"], row["noticed_at"], row["closed_at"], row["now"]),
        noticed_at=row["noticed_at"],
        closed_at=row["closed_at"],
    )


async def list_meetings(
    actor: Actor, code: str, limit: int, after: str | None
) -> Page[MeetingLine]:
    """The meetings of a place, the latest start first, for those who belong there."""
    place = await get_place(code)
    if not actor.belongs_to(place.path):
        raise NotFound
    moment, last = decode_newest(after)
    rows = await fetch(
        "SELECT m.*, clock.at AS now FROM meetings m, (SELECT linli_now() AS at) clock"
        " WHERE m.place_code = $1"
        " AND ($2::timestamptz IS NULL OR (m.starts_at, m.id) < ($2, $3::uuid))"
        " ORDER BY m.starts_at DESC, m.id DESC LIMIT $4",
        place.code,
        moment,
        last,
        limit + 1,
    )
    return page_of(rows, limit, _line, lambda row: (row["starts_at"], row["id"]))


def roll_of(meeting: MeetingFacts) -> UUID:
    """The roll that was frozen with the notice; refused before it."""
    if meeting.roll_id is None:
        raise rules.NoticeMissing
    return meeting.roll_id


async def read_roll(actor: Actor, meeting_id: UUID, limit: int, after: str | None) -> RollPage:
    """The roll, for those on it and for staff; full names for the convener only."""
    meeting = await get_meeting_for(actor, meeting_id)
    convenes = actor.may(Permission.CONVENE_MEETINGS, meeting.path)
    is_staff = convenes or actor.may(Permission.READ_REGISTER, meeting.path)
    roll_id = roll_of(meeting) if is_staff else meeting.roll_id
    if roll_id is None or not (is_staff or await polls.is_on_roll(roll_id, actor.person_id)):
        raise NotFound
    return await polls.read_roll(roll_id, full_names=convenes, limit=limit, after=after)


async def get_quorum(actor: Actor, meeting_id: UUID) -> QuorumView:
    """How many are present right now, and whether they are enough."""
    meeting = await get_meeting_for(actor, meeting_id)
    return await polls.get_quorum(roll_of(meeting), await get_rule_of(meeting))


def _code_event(meeting_id: UUID) -> str:
    return f"meeting|{meeting_id}|in"


async def show_meeting_code(actor: Actor, meeting_id: UUID) -> MeetingCodeView:
    """The rotating code for the screen, while people may check in."""
    meeting = await get_meeting_for(actor, meeting_id, Permission.CONVENE_MEETINGS)
    at = await clock.now()
    rules.require_in_session(meeting, at)
    code = rotating_code(_code_event(meeting_id), at)
    return MeetingCodeView(
        code=code,
        link=f"{settings.current().public_url}/check-in/meetings/{meeting_id}?code={code}",
        valid_until=code_valid_until(at),
        step_s=CODE_STEP_S,
    )


def is_meeting_code(code: str, meeting_id: UUID, at: datetime) -> bool:
    """Whether this is the code on the screen at `at`, or the one before."""
    return is_rotating_code(code, _code_event(meeting_id), at)
