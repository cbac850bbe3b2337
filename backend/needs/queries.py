"""Reads of needs: open to the people of the place, the private part to those who keep needs."""

from typing import Any
from uuid import UUID

from backend.core.access import Actor, Permission
from backend.core.db import fetch, fetch_one
from backend.core.paging import decode_newest, page_of
from backend.core.problems import NotFound
from backend.core.wire import Page
from backend.needs.schemas import NeedLine, NeedStepView, NeedView, PrivateView
from backend.needs.types import (
    CATEGORY_NAMES,
    ClientGroup,
    NeedCategory,
    NeedFacts,
    NeedState,
    SourceKind,
    Step,
    Urgency,
)
from backend.places.queries import get_place

_LINE = "n.*, (SELECT count(*) FROM need_steps s WHERE s.need_id = n.id) AS step_count"

_LIST = f"""
SELECT {_LINE} FROM needs n
 WHERE n.place_code = $1 AND ($2::text IS NULL OR n.category = $2)
   AND ($3::text IS NULL OR n.state = $3)
   AND ($4::timestamptz IS NULL OR (n.raised_at, n.id) < ($4, $5::uuid))
 ORDER BY n.raised_at DESC, n.id DESC LIMIT $6
"""

_ONE = f"""
SELECT {_LINE}, (SELECT count(*) FROM need_voices v WHERE v.need_id = n.id) AS voice_count
  FROM needs n WHERE n.id = $1
"""


async def get_need(need_id: UUID) -> NeedFacts:
    """A need as other rooms know it; not found if there is none."""
    row = await fetch_one(
        "SELECT n.id, n.place_code, p.path, n.title, n.state, n.category, n.affected_count"
        " FROM needs n JOIN places p ON p.code = n.place_code WHERE n.id = $1",
        need_id,
    )
    if row is None:
        raise NotFound
    return NeedFacts(
        row["id"],
        row["place_code"],
        row["path"],
        row["title"],
        NeedState(row["state"]),
        NeedCategory(row["category"]),
        row["affected_count"],
    )


async def get_need_for(actor: Actor, need_id: UUID) -> NeedFacts:
    """A need of a place that the actor belongs to; any other is not found."""
    need = await get_need(need_id)
    if not actor.belongs_to(need.path):
        raise NotFound
    return need


async def list_voices(need_id: UUID) -> list[UUID]:
    """Who named a need, only to tell them: no door shows it."""
    rows = await fetch(
        "SELECT person_id FROM need_voices WHERE need_id = $1 ORDER BY person_id", need_id
    )
    return [row["person_id"] for row in rows]


async def find_step(need_id: UUID, step: Step) -> tuple[str, str] | None:
    """What the latest such step of a need refers to (kind, id); None if it has not come to it."""
    row = await fetch_one(
        "SELECT ref_kind, ref_id FROM need_steps WHERE need_id = $1 AND step = $2"
        " ORDER BY at DESC, id DESC LIMIT 1",
        need_id,
        step,
    )
    return None if row is None else (row["ref_kind"], row["ref_id"])


async def list_needs(
    actor: Actor,
    code: str,
    *,
    category: NeedCategory | None,
    state: NeedState | None,
    language: str,
    limit: int,
    after: str | None,
) -> Page[NeedLine]:
    """The needs of a place, newest first, for its residents and staff."""
    place = await get_place(code)
    if not actor.belongs_to(place.path):
        raise NotFound
    moment, last = decode_newest(after)
    rows = await fetch(_LIST, place.code, category, state, moment, last, limit + 1)
    return page_of(
        rows,
        limit,
        lambda row: _line(row, language),
        lambda row: (row["raised_at"], row["id"]),
    )


async def view_need(actor: Actor, need_id: UUID, language: str) -> NeedView:
    """A need with its steps; the private part only where the actor keeps needs."""
    need = await get_need_for(actor, need_id)
    row = await fetch_one(_ONE, need_id)
    steps = await fetch("SELECT * FROM need_steps WHERE need_id = $1 ORDER BY at, id", need_id)
    keeps = actor.may(Permission.KEEP_NEEDS, need.path)
    line = _line(row, language)
    return NeedView(
        **{field: getattr(line, field) for field in line.__struct_fields__},
        steps=[_step(step, language) for step in steps],
        private=_private(row) if keeps else None,
    )


def _line(row: Any, language: str) -> NeedLine:
    category = NeedCategory(row["category"])
    return NeedLine(
        id=row["id"],
        place_code=row["place_code"],
        category=category,
        category_name=CATEGORY_NAMES[category][language == "en"],
        title=row["title"],
        state=NeedState(row["state"]),
        affected_count=row["affected_count"],
        step_count=row["step_count"],
        raised_at=row["raised_at"],
    )


def _step(row: Any, language: str) -> NeedStepView:
    return NeedStepView(
        step=Step(row["step"]),
        ref_kind=row["ref_kind"],
        ref_id=row["ref_id"],
        text=row["text_en" if language == "en" else "text_zh"],
        at=row["at"],
    )


def _private(row: Any) -> PrivateView:
    return PrivateView(
        detail=row["detail"],
        client_group=ClientGroup(row["client_group"]) if row["client_group"] else None,
        urgency=Urgency(row["urgency"]),
        source_kind=SourceKind(row["source_kind"]),
        source_ref=row["source_ref"],
        voice_count=row["voice_count"],
    )
