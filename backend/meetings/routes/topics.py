"""HTTP doors of topics and resolutions of a place."""

from uuid import UUID

from litestar.params import FromPath, JSONBody

from backend.core.access import Permission
from backend.core.doors import Asking, OneTime, get, post
from backend.core.paging import After, Limit
from backend.core.wire import Page
from backend.meetings import actions, queries, rules
from backend.meetings.schemas import ProposeTopic, ResolutionView, TopicView
from backend.needs.actions import RECORD_STEP_REFUSES


@get("/places/{code:str}/topics", needs=Permission.SIGNED_IN)
async def list_topics(
    actor: Asking, code: FromPath[str], limit: Limit = 20, after: After = None
) -> Page[TopicView]:
    """List the topics of a place, newest first."""
    return await queries.list_topics(actor, code, limit, after)


@post(
    "/places/{code:str}/topics",
    needs=Permission.TAKE_PART,
    refuses=RECORD_STEP_REFUSES,
)
async def propose_topic(
    actor: Asking, code: FromPath[str], data: JSONBody[ProposeTopic], once: OneTime
) -> TopicView:
    """Propose a topic, often on a need; those who named the need are told."""
    return await once.run(lambda: actions.propose_topic(actor, code, data), TopicView)


@get("/topics/{topic_id:uuid}", needs=Permission.SIGNED_IN)
async def get_topic(actor: Asking, topic_id: FromPath[UUID]) -> TopicView:
    """Read a topic; supporters are counted, never listed."""
    return await queries.view_topic(actor, topic_id)


@post(
    "/topics/{topic_id:uuid}/supports",
    needs=Permission.TAKE_PART,
    refuses=(rules.TopicAlreadySupported,),
)
async def support_topic(actor: Asking, topic_id: FromPath[UUID], once: OneTime) -> TopicView:
    """Support a topic, once."""
    return await once.run(lambda: actions.support_topic(actor, topic_id), TopicView)


@get("/places/{code:str}/resolutions", needs=Permission.SIGNED_IN)
async def list_resolutions(
    actor: Asking, code: FromPath[str], limit: Limit = 20, after: After = None
) -> Page[ResolutionView]:
    """List the decisions of a place, the latest first."""
    return await queries.list_resolutions(actor, code, limit, after)


HANDLERS = [list_topics, propose_topic, get_topic, support_topic, list_resolutions]
