"""Reads of topics: their supporters are counted, never listed."""

from typing import Any
from uuid import UUID

from backend.core.access import Actor, Permission
from backend.core.db import fetch, fetch_one
from backend.core.paging import decode_newest, page_of
from backend.core.problems import NotFound
from backend.core.wire import Page
from backend.meetings.schemas import TopicView
from backend.meetings.types import TopicFacts
from backend.needs.types import NeedCategory
from backend.places.queries import get_place

_COUNTED = (
    "t.*, (SELECT count(*) FROM topic_supports s WHERE s.topic_id = t.id) AS supporters,"
    " EXISTS (SELECT 1 FROM topic_supports s WHERE s.topic_id = t.id AND s.person_id = $1) AS mine"
)


def _view(row: Any) -> TopicView:
    return TopicView(
        id=row["id"],
        place_code=row["place_code"],
        need_id=row["need_id"],
        category=NeedCategory(row["category"]),
        title=row["title"],
        text=row["text"],
        proposed_at=row["proposed_at"],
        supporters=row["supporters"],
        supported_by_me=row["mine"],
    )


async def get_topic_for(
    actor: Actor, topic_id: UUID, permission: Permission | None = None
) -> TopicFacts:
    """A topic of a place where the actor may do this (None: where she belongs)."""
    row = await fetch_one(
        "SELECT t.id, t.place_code, p.path, t.need_id FROM topics t"
        " JOIN places p ON p.code = t.place_code WHERE t.id = $1",
        topic_id,
    )
    if row is None:
        raise NotFound
    topic = TopicFacts(row["id"], row["place_code"], row["path"], row["need_id"])
    if not (actor.may(permission, topic.path) if permission else actor.belongs_to(topic.path)):
        raise NotFound
    return topic


async def view_topic(actor: Actor, topic_id: UUID) -> TopicView:
    """A topic with the number of its supporters."""
    await get_topic_for(actor, topic_id)
    row = await fetch_one(
        f"SELECT {_COUNTED} FROM topics t WHERE t.id = $2", actor.person_id, topic_id
    )
    return _view(row)


async def list_topics(actor: Actor, code: str, limit: int, after: str | None) -> Page[TopicView]:
    """The topics of a place, newest first, for those who belong there."""
    place = await get_place(code)
    if not actor.belongs_to(place.path):
        raise NotFound
    moment, last = decode_newest(after)
    rows = await fetch(
        f"SELECT {_COUNTED} FROM topics t WHERE t.place_code = $2"
        " AND ($3::timestamptz IS NULL OR (t.proposed_at, t.id) < ($3, $4::uuid))"
        " ORDER BY t.proposed_at DESC, t.id DESC LIMIT $5",
        actor.person_id,
        place.code,
        moment,
        last,
        limit + 1,
    )
    return page_of(rows, limit, _view, lambda row: (row["proposed_at"], row["id"]))
