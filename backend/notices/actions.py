"""Writes of notices: telling people, and a person's mark that she read it."""

from collections.abc import Sequence
from uuid import UUID

from backend.core.columns import new_id
from backend.core.db import fetch, fetch_one
from backend.core.problems import NotFound
from backend.notices.queries import view_notice
from backend.notices.schemas import NoticeView
from backend.notices.types import NewNotice

_TELL = """
INSERT INTO notices (id, person_id, topic, subject_kind, subject_id, title_zh, title_en,
                     text_zh, text_en, tag, created_at)
SELECT told.id, told.person_id, $3, $4, $5, $6, $7, $8, $9, $10, clock.at
  FROM unnest($1::uuid[], $2::uuid[]) AS told (id, person_id), (SELECT linli_now() AS at) clock
    ON CONFLICT (person_id, tag) DO NOTHING
RETURNING 1
"""


async def tell(person_ids: Sequence[UUID], message: NewNotice) -> int:
    """Put a message into the inbox of each person, in the caller's transaction.

    Who has a message with this tag already gets no second one. Returns how many are new. For a
    large audience enqueue a small outbox message and let its job call this in chunks.
    """
    people = sorted(set(person_ids))
    told = await fetch(
        _TELL,
        [new_id() for _ in people],
        people,
        message.topic,
        message.subject_kind,
        message.subject_id,
        message.title_zh,
        message.title_en,
        message.text_zh,
        message.text_en,
        message.tag,
    )
    return len(told)


async def read_notice(person_id: UUID, notice_id: UUID, language: str) -> NoticeView:
    """Mark a message in one's own inbox as read; the first time counts.

    Leaves no audit row: when somebody reads her post is nobody else's business.
    """
    row = await fetch_one(
        "UPDATE notices SET read_at = coalesce(read_at, linli_now())"
        " WHERE id = $1 AND person_id = $2 RETURNING *",
        notice_id,
        person_id,
    )
    if row is None:
        raise NotFound
    return view_notice(row, language)
