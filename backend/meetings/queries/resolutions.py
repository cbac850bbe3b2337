"""Reads of resolutions."""

from typing import Any
from uuid import UUID

from backend.core.access import Actor
from backend.core.db import fetch, fetch_one
from backend.core.paging import decode_newest, page_of
from backend.core.problems import NotFound
from backend.core.wire import Page
from backend.meetings.schemas import ResolutionView
from backend.meetings.types import WayKind
from backend.places.queries import get_place


async def find_need_of_motion(meeting_id: UUID, motion_id: UUID) -> UUID | None:
    """The need that a motion of this meeting is about; not found if it was put elsewhere."""
    row = await fetch_one(
        "SELECT t.need_id FROM meeting_motions mm"
        " JOIN agenda_items i ON i.id = mm.agenda_item_id LEFT JOIN topics t ON t.id = i.topic_id"
        " WHERE mm.meeting_id = $1 AND mm.motion_id = $2",
        meeting_id,
        motion_id,
    )
    if row is None:
        raise NotFound
    need_id: UUID | None = row["need_id"]
    return need_id


async def list_resolutions(
    actor: Actor, code: str, limit: int, after: str | None
) -> Page[ResolutionView]:
    """The decisions of a place, the latest first, for those who belong there."""
    place = await get_place(code)
    if not actor.belongs_to(place.path):
        raise NotFound
    moment, last = decode_newest(after)
    rows = await fetch(
        "SELECT * FROM resolutions WHERE place_code = $1"
        " AND ($2::timestamptz IS NULL OR (decided_at, id) < ($2, $3::uuid))"
        " ORDER BY decided_at DESC, id DESC LIMIT $4",
        place.code,
        moment,
        last,
        limit + 1,
    )
    return page_of(rows, limit, view_resolution, lambda row: (row["decided_at"], row["id"]))


def view_resolution(row: Any) -> ResolutionView:
    """A row of `resolutions` as it is shown."""
    return ResolutionView(**{**row, "way_kind": WayKind(row["way_kind"])})
