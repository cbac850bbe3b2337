"""HTTP doors of polls: the life of a motion, and its ballots."""

from uuid import UUID

from litestar import Router
from litestar.params import FromPath, JSONBody

from backend.core import live
from backend.core.access import Permission
from backend.core.doors import Asking, OneTime, get, post
from backend.polls import actions, queries, rules
from backend.polls.schemas import CastBallot, MotionView, OpenMotion, ReceiptView, ResultView


@post(
    "/motions/{motion_id:uuid}/opening",
    needs=Permission.CONVENE_MEETINGS,
    refuses=(rules.MotionAlreadyOpened, rules.MotionClosed, rules.MotionNotDue),
)
async def open_motion(
    actor: Asking, motion_id: FromPath[UUID], data: JSONBody[OpenMotion], once: OneTime
) -> MotionView:
    """Open a motion for so many minutes.

    Question, rule and roll are frozen with it; their SHA-256 is `manifest_sha256`.
    """
    view = await once.run(lambda: actions.open_motion(actor, motion_id, data.minutes), MotionView)
    live.touch(await queries.get_live_topic(motion_id))
    return view


@post(
    "/motions/{motion_id:uuid}/ballots",
    needs=Permission.SIT_IN_MEETINGS,
    refuses=(rules.NotOnRoll, rules.NotCheckedIn, rules.MotionNotOpen, rules.MotionClosed),
    key=True,
)
async def cast_ballot(
    actor: Asking, motion_id: FromPath[UUID], data: JSONBody[CastBallot], once: OneTime
) -> ReceiptView:
    """Cast one's own ballot; voting again before the end replaces it.

    A receipt means that the ballot is counted.
    """
    return await once.run(lambda: actions.cast_ballot(actor, motion_id, data.choice), ReceiptView)


@post(
    "/motions/{motion_id:uuid}/closure",
    needs=Permission.CONVENE_MEETINGS,
    refuses=(rules.MotionNotOpen, rules.MotionClosed),
)
async def close_motion(actor: Asking, motion_id: FromPath[UUID], once: OneTime) -> ResultView:
    """Close a motion and count it, clause by clause in whole numbers."""
    view = await once.run(lambda: actions.close_motion(actor, motion_id), ResultView)
    live.touch(await queries.get_live_topic(motion_id))
    return view


@get(
    "/motions/{motion_id:uuid}/result",
    needs=Permission.SIGNED_IN,
    refuses=(rules.ResultNotReady,),
)
async def get_result(actor: Asking, motion_id: FromPath[UUID]) -> ResultView:
    """Read the result of a closed motion; before that there is none for anybody."""
    return await queries.get_result(actor, motion_id)


router = Router(
    "/v1", route_handlers=[open_motion, cast_ballot, close_motion, get_result], tags=["polls"]
)
