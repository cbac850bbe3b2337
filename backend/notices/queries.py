"""Reads of notices: one's own inbox, and nobody else's."""

from typing import Any
from uuid import UUID

from backend.core.db import fetch
from backend.core.paging import decode_newest, page_of
from backend.core.wire import Page
from backend.notices.schemas import NoticeView


def view_notice(row: Any, language: str) -> NoticeView:
    """A row of the inbox in the reader's language (zh-CN or en)."""
    spoken = "en" if language == "en" else "zh"
    return NoticeView(
        id=row["id"],
        topic=row["topic"],
        subject_kind=row["subject_kind"],
        subject_id=row["subject_id"],
        title=row[f"title_{spoken}"],
        text=row[f"text_{spoken}"],
        created_at=row["created_at"],
        read_at=row["read_at"],
    )


async def list_notices(
    person_id: UUID, unread: bool | None, language: str, limit: int, after: str | None
) -> Page[NoticeView]:
    """A person's inbox, newest first; `unread` True or False keeps only those, None all."""
    moment, last = decode_newest(after)
    rows = await fetch(
        "SELECT * FROM notices WHERE person_id = $1"
        " AND ($2::bool IS NULL OR (read_at IS NULL) = $2)"
        " AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::uuid))"
        " ORDER BY created_at DESC, id DESC LIMIT $5",
        person_id,
        unread,
        moment,
        last,
        limit + 1,
    )
    return page_of(
        rows,
        limit,
        lambda row: view_notice(row, language),
        lambda row: (row["created_at"], row["id"]),
    )
