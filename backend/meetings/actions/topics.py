"""Proposing and supporting topics."""

from uuid import UUID

from backend.core import audit, clock
from backend.core.access import Actor, Permission
from backend.core.columns import new_id
from backend.core.db import atomic, fetch
from backend.core.problems import NotFound
from backend.meetings import queries
from backend.meetings.schemas import ProposeTopic, TopicView
from backend.needs.actions import record_step
from backend.needs.queries import get_need_for
from backend.needs.types import NeedFacts, NewStep, Step
from backend.places.queries import get_place_for


async def propose_topic(actor: Actor, code: str, order: ProposeTopic) -> TopicView:
    """Propose a topic at one's own place; on a need, those who named it are told."""
    place = await get_place_for(actor, code, Permission.TAKE_PART)
    async with atomic():
        need = await _need_of(actor, order.need_id, place.code)
        topic_id, at = new_id(), await clock.now()
        await fetch(
            "INSERT INTO topics (id, place_code, need_id, category, title, text, proposed_by,"
            " proposed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            topic_id,
            place.code,
            need.id if need else None,
            need.category if need else order.category,
            order.title,
            order.text,
            actor.person_id,
            at,
        )
        if need:
            await record_step(actor, need.id, _proposed(topic_id, order.title))
        await audit.record(
            "propose_topic",
            actor,
            subject=("topic", str(topic_id)),
            place_code=place.code,
            facts={"need_id": str(need.id) if need else None},
        )
        return await queries.view_topic(actor, topic_id)


async def _need_of(actor: Actor, need_id: UUID | None, place_code: str) -> NeedFacts | None:
    """The need that the topic is on: one of this very place."""
    if need_id is None:
        return None
    need = await get_need_for(actor, need_id)
    if need.place_code != place_code:
        raise NotFound
    return need


def _proposed(topic_id: UUID, title: str) -> NewStep:
    return NewStep(
        step=Step.TOPIC_PROPOSED,
        ref_kind="topic",
        ref_id=str(topic_id),
        text_zh=f"有居民就此提出议题“{title}”，您可以表示支持。",
        text_en=f"A resident proposed the topic “{title}” on this; you may support it.",
    )


async def support_topic(actor: Actor, topic_id: UUID) -> TopicView:
    """Support a topic of one's own place, once."""
    topic = await queries.get_topic_for(actor, topic_id, Permission.TAKE_PART)
    async with atomic():
        await fetch(
            "INSERT INTO topic_supports (id, topic_id, person_id, at)"
            " VALUES ($1, $2, $3, linli_now())",
            new_id(),
            topic_id,
            actor.person_id,
        )
        await audit.record(
            "support_topic",
            actor,
            subject=("topic", str(topic_id)),
            place_code=topic.place_code,
        )
        return await queries.view_topic(actor, topic_id)
