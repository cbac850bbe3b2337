"""HTTP doors of a meeting in session: check-in, quorum, motions, the live stream."""

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from litestar import Response
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, HeaderParameter, JSONBody, QueryParameter
from litestar.response import Stream

from backend.core import live
from backend.core.access import Permission
from backend.core.doors import Asking, OneTime, get, post
from backend.core.problems import NotFound
from backend.meetings import actions, queries, rules
from backend.meetings.schemas import (
    AskStreamTicket,
    AttendanceView,
    CheckInAtMeeting,
    MeetingCodeView,
    PutMotion,
    StreamTicketView,
)
from backend.polls.actions import CREATE_MOTION_REFUSES, MARK_PRESENT_REFUSES
from backend.polls.queries import GET_RULE_REFUSES, MotionView, QuorumView

_NOT_IN_SESSION = (rules.NoticeMissing, rules.MeetingNotBegun, rules.MeetingClosed)
_STREAM_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}

Ticket = Annotated[
    str, QueryParameter(min_length=1, max_length=400, description="From `POST /v1/stream-tickets`")
]
LastEventId = Annotated[
    str | None,
    HeaderParameter(
        name="Last-Event-ID",
        max_length=64,
        description="The id of the last message seen; sent by the browser when it reconnects",
    ),
]


@get(
    "/meetings/{meeting_id:uuid}/check-in-code",
    needs=Permission.CONVENE_MEETINGS,
    refuses=_NOT_IN_SESSION,
)
async def show_meeting_code(actor: Asking, meeting_id: FromPath[UUID]) -> MeetingCodeView:
    """Show the rotating check-in code of a meeting, for the screen in the hall."""
    return await queries.show_meeting_code(actor, meeting_id)


@post(
    "/meetings/{meeting_id:uuid}/check-ins",
    needs=Permission.SIT_IN_MEETINGS,
    refuses=(
        *_NOT_IN_SESSION,
        rules.CheckInModeRefused,
        rules.CheckInCodeRefused,
        *MARK_PRESENT_REFUSES,
    ),
    key=True,
    responses={
        200: ResponseSpec(
            AttendanceView, description="You checked in before", generate_examples=False
        )
    },
)
async def check_in_at_meeting(
    actor: Asking, meeting_id: FromPath[UUID], data: JSONBody[CheckInAtMeeting], once: OneTime
) -> Response[AttendanceView]:
    """Check in with the code on the screen; a repeat answers 200 and says since when."""
    view = await once.run(
        lambda: actions.check_in_at_meeting(actor, meeting_id, data), AttendanceView
    )
    live.touch(queries.live_topic(meeting_id))
    return Response(view, status_code=200 if view.repeated else 201)


@get(
    "/meetings/{meeting_id:uuid}/quorum",
    needs=Permission.SIGNED_IN,
    refuses=(rules.NoticeMissing, *GET_RULE_REFUSES),
)
async def get_quorum(actor: Asking, meeting_id: FromPath[UUID]) -> QuorumView:
    """Read how many are present right now, and whether they are enough."""
    return await queries.get_quorum(actor, meeting_id)


@post(
    "/meetings/{meeting_id:uuid}/motions",
    needs=Permission.CONVENE_MEETINGS,
    refuses=(rules.NoticeMissing, rules.MeetingClosed, *CREATE_MOTION_REFUSES),
)
async def put_motion(
    actor: Asking, meeting_id: FromPath[UUID], data: JSONBody[PutMotion], once: OneTime
) -> MotionView:
    """Put a motion on an item of the agenda, as a draft to be opened."""
    view = await once.run(lambda: actions.put_motion(actor, meeting_id, data), MotionView)
    live.touch(queries.live_topic(meeting_id))
    return view


@post("/stream-tickets", needs=Permission.SIGNED_IN, refuses=(NotFound,))
async def issue_stream_ticket(actor: Asking, data: JSONBody[AskStreamTicket]) -> StreamTicketView:
    """Get a ticket for a live stream, good for 60 seconds (EventSource sends no bearer header)."""
    return await queries.issue_stream_ticket(actor, data.topic)


@get(
    "/meetings/{meeting_id:uuid}/live",
    needs=Permission.PUBLIC,
    refuses=(rules.StreamTicketRefused,),
    media_type="text/event-stream",
)
async def watch_meeting(
    meeting_id: FromPath[UUID], ticket: Ticket, last_event_id: LastEventId = None
) -> Stream:
    """Watch a meeting live (server-sent events).

    Agenda, quorum, the open motion with its turnout, and results once they are counted; never a
    count of what was said before that. At most one message a second; `Last-Event-ID` resumes.
    """
    await queries.admit_stream(meeting_id, ticket)
    return Stream(
        _events(meeting_id, last_event_id),
        media_type="text/event-stream",
        headers=_STREAM_HEADERS,
    )


def _events(meeting_id: UUID, last_event_id: str | None) -> AsyncIterator[bytes]:
    return live.stream(
        queries.live_topic(meeting_id),
        lambda: queries.snapshot_meeting(meeting_id),
        last_event_id,
    )


HANDLERS = [
    show_meeting_code,
    check_in_at_meeting,
    get_quorum,
    put_motion,
    issue_stream_ticket,
    watch_meeting,
]
