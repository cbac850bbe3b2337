"""What the live stream of a meeting shows, and who may open it."""

from typing import Any
from uuid import UUID

import msgspec

from backend.core import clock
from backend.core.access import Actor
from backend.core.problems import NotFound
from backend.core.tokens import is_stream_ticket, new_stream_ticket
from backend.meetings import rules
from backend.meetings.queries.meetings import (
    get_meeting,
    get_meeting_for,
    get_rule_of,
    list_agenda,
    list_motion_ids,
    live_topic,
)
from backend.meetings.schemas import LiveResult, MeetingLiveView, StreamTicketView
from backend.polls import queries as polls
from backend.polls.queries import ResultView
from backend.polls.types import MotionState


async def issue_stream_ticket(actor: Actor, topic: str) -> StreamTicketView:
    """A ticket for the live stream of a meeting of the actor's own place."""
    meeting = await get_meeting_for(actor, _meeting_id_of(topic))
    ticket, expires_at = new_stream_ticket(live_topic(meeting.id), await clock.now())
    return StreamTicketView(ticket=ticket, topic=live_topic(meeting.id), expires_at=expires_at)


def _meeting_id_of(topic: str) -> UUID:
    kind, _, text = topic.partition(":")
    try:
        meeting_id = UUID(text)
    except ValueError:
        raise NotFound from None
    if kind != "meeting":
        raise NotFound
    return meeting_id


async def admit_stream(meeting_id: UUID, ticket: str) -> None:
    """Refuse a ticket that is not of this meeting or older than 60 seconds."""
    at = await clock.now()
    rules.require_ticket(is_right=is_stream_ticket(ticket, live_topic(meeting_id), at))


async def snapshot_meeting(meeting_id: UUID) -> dict[str, Any]:
    """Agenda, quorum, the open motion with its turnout, and results once they are counted.

    It holds no time of its own, so that it changes only when something happened.
    """
    meeting, at = await get_meeting(meeting_id), await clock.now()
    motion_ids = await list_motion_ids(meeting_id)
    motions = await polls.list_motions(motion_ids)
    running = [m for m in motions if m.state in (MotionState.OPEN, MotionState.ENDED)]
    quorum = None
    if meeting.roll_id is not None:
        quorum = await polls.get_quorum(meeting.roll_id, await get_rule_of(meeting))
    view = MeetingLiveView(
        meeting_id=meeting_id,
        title=meeting.title,
        state=rules.decide_state(meeting.starts_at, meeting.noticed_at, meeting.closed_at, at),
        agenda=await list_agenda(meeting_id),
        quorum=quorum,
        motion=running[-1] if running else None,
        results=[_live(result) for result in await polls.list_results(motion_ids)],
    )
    return dict(msgspec.to_builtins(view))


def _live(result: ResultView) -> LiveResult:
    counts = result.counts
    return LiveResult(
        motion_id=result.motion_id,
        title=result.title,
        outcome=result.outcome,
        present=counts.present.heads,
        yes=counts.yes.heads,
        no=counts.no.heads,
        abstain=counts.abstain.heads,
        words=[clause.words for clause in result.clauses],
    )
