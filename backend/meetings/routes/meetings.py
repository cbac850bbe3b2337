"""HTTP doors of a meeting's life: called, agenda, notice, roll, closure, resolutions."""

from uuid import UUID

from litestar.params import FromPath, JSONBody

from backend.core import live
from backend.core.access import Permission
from backend.core.doors import Asking, OneTime, get, post
from backend.core.paging import After, Limit
from backend.core.wire import Page
from backend.meetings import actions, queries, rules
from backend.meetings.schemas import (
    AddAgendaItem,
    AdoptResolution,
    AgendaItemView,
    CallMeeting,
    MeetingLine,
    MeetingNoticeView,
    MeetingView,
    ResolutionView,
)
from backend.needs.actions import RECORD_STEP_REFUSES
from backend.polls.queries import GET_RULE_REFUSES, RollPage

_CONVENE = Permission.CONVENE_MEETINGS


@get("/places/{code:str}/meetings", needs=Permission.SIGNED_IN)
async def list_meetings(
    actor: Asking, code: FromPath[str], limit: Limit = 20, after: After = None
) -> Page[MeetingLine]:
    """List the meetings of a place, the latest start first."""
    return await queries.list_meetings(actor, code, limit, after)


@post(
    "/places/{code:str}/meetings",
    needs=_CONVENE,
    refuses=(rules.MeetingNotAhead, rules.RuleOfAnotherBody, *GET_RULE_REFUSES),
)
async def call_meeting(
    actor: Asking, code: FromPath[str], data: JSONBody[CallMeeting], once: OneTime
) -> MeetingView:
    """Call a meeting under the voting rule that is in force on its day."""
    return await once.run(lambda: actions.call_meeting(actor, code, data), MeetingView)


@get("/meetings/{meeting_id:uuid}", needs=Permission.SIGNED_IN)
async def get_meeting(actor: Asking, meeting_id: FromPath[UUID]) -> MeetingView:
    """Read a meeting with its agenda and its motions."""
    return await queries.view_meeting(actor, meeting_id)


@post(
    "/meetings/{meeting_id:uuid}/agenda-items",
    needs=_CONVENE,
    refuses=(rules.AgendaFixed,),
)
async def add_agenda_item(
    actor: Asking, meeting_id: FromPath[UUID], data: JSONBody[AddAgendaItem], once: OneTime
) -> AgendaItemView:
    """Add an item to the end of the agenda, before notice is given."""
    return await once.run(lambda: actions.add_agenda_item(actor, meeting_id, data), AgendaItemView)


@post(
    "/meetings/{meeting_id:uuid}/notice",
    needs=_CONVENE,
    refuses=(
        rules.NoticeAlreadyGiven,
        rules.AgendaEmpty,
        rules.NoticeTooShort,
        rules.CompositionUnlawful,
        *GET_RULE_REFUSES,
    ),
)
async def give_notice(
    actor: Asking, meeting_id: FromPath[UUID], once: OneTime
) -> MeetingNoticeView:
    """Give notice of a meeting.

    The legal days are counted by the calendar of the place, the roll is frozen with a hash, and
    everybody on it gets a notice.
    """
    view = await once.run(lambda: actions.give_notice(actor, meeting_id), MeetingNoticeView)
    live.touch(queries.live_topic(meeting_id))
    return view


@get("/meetings/{meeting_id:uuid}/roll", needs=Permission.SIGNED_IN, refuses=(rules.NoticeMissing,))
async def read_roll(
    actor: Asking, meeting_id: FromPath[UUID], limit: Limit = 20, after: After = None
) -> RollPage:
    """Read the frozen roll, for those on it and for staff.

    Full names are for the convener; everybody else reads masked ones.
    """
    return await queries.read_roll(actor, meeting_id, limit, after)


@post(
    "/meetings/{meeting_id:uuid}/closure",
    needs=_CONVENE,
    refuses=(
        rules.NoticeMissing,
        rules.MeetingNotBegun,
        rules.MeetingClosed,
        rules.MotionStillOpen,
    ),
)
async def close_meeting(actor: Asking, meeting_id: FromPath[UUID], once: OneTime) -> MeetingView:
    """Close a meeting once its votes are counted."""
    view = await once.run(lambda: actions.close_meeting(actor, meeting_id), MeetingView)
    live.touch(queries.live_topic(meeting_id))
    return view


@post(
    "/meetings/{meeting_id:uuid}/resolutions",
    needs=_CONVENE,
    refuses=(
        rules.MotionNotPassed,
        rules.ResolutionAlreadyAdopted,
        rules.DueNotAhead,
        *RECORD_STEP_REFUSES,
    ),
)
async def adopt_resolution(
    actor: Asking, meeting_id: FromPath[UUID], data: JSONBody[AdoptResolution], once: OneTime
) -> ResolutionView:
    """Record and publish the decision on a motion that passed, for 15 days or more.

    It names the way by which it is carried out (a fund, the committee, a referral), and those who
    named the need behind it are told.
    """
    return await once.run(lambda: actions.adopt_resolution(actor, meeting_id, data), ResolutionView)


HANDLERS = [
    list_meetings,
    call_meeting,
    get_meeting,
    add_agenda_item,
    give_notice,
    read_roll,
    close_meeting,
    adopt_resolution,
]
