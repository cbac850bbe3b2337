"""Reads of activities and shifts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from backend.core import clock
from backend.core.access import Actor, Permission
from backend.core.db import fetch, fetch_one
from backend.core.paging import decode_newest, page_of
from backend.core.problems import NotFound
from backend.core.wire import Page
from backend.places.queries import get_place
from backend.policies.queries import get_pack
from backend.volunteers import rules
from backend.volunteers.schemas import ShiftView
from backend.volunteers.types import ActivityFacts, Capacity, HoursPolicy, ShiftFacts

SHIFT_FACTS = (
    "s.id, a.team_id, a.place_code, p.path, p.zone, a.project_id, s.starts_at, s.ends_at,"
    " s.break_minutes, s.attendees, s.policy_key, s.policy_version, s.hours_confirmed_at"
)
SHIFT_FROM = (
    " FROM shifts s JOIN activities a ON a.id = s.activity_id"
    " JOIN places p ON p.code = a.place_code"
)

_VIEW = (
    "SELECT s.*, a.team_id, a.project_id, a.place_code, a.title, a.venue,"
    " s.seats - (SELECT count(*) FROM sign_ups u WHERE u.shift_id = s.id"
    " AND u.cancelled_at IS NULL) AS seats_free,"
    " (SELECT u.capacity FROM sign_ups u WHERE u.shift_id = s.id AND u.person_id = $1"
    " AND u.cancelled_at IS NULL) AS my_capacity" + SHIFT_FROM
)


async def get_activity_for(actor: Actor, activity_id: UUID) -> ActivityFacts:
    """An activity at a place where the actor leads teams; elsewhere there is none."""
    row = await fetch_one(
        "SELECT a.id, a.team_id, a.place_code, p.path, p.zone, a.project_id FROM activities a"
        " JOIN places p ON p.code = a.place_code WHERE a.id = $1",
        activity_id,
    )
    if row is None or not actor.may(Permission.LEAD_TEAMS, row["path"]):
        raise NotFound
    return ActivityFacts(*row)


async def get_shift_for(actor: Actor, shift_id: UUID) -> ShiftFacts:
    """A shift at a place where the actor leads teams; elsewhere there is none."""
    row = await fetch_one(f"SELECT {SHIFT_FACTS}{SHIFT_FROM} WHERE s.id = $1", shift_id)
    if row is None or not actor.may(Permission.LEAD_TEAMS, row["path"]):
        raise NotFound
    return ShiftFacts(*row)


async def get_shift_policy(key: str, version: str) -> HoursPolicy:
    """The figures of the pack that a shift pinned at its opening."""
    return rules.hours_policy(rules.require_ruled(await get_pack(key, version)))


async def get_shift_view(actor: Actor, shift_id: UUID) -> ShiftView:
    """A shift as its readers see it; the caller has asked whether the actor may."""
    return _view(await fetch_one(f"{_VIEW} WHERE s.id = $2", actor.person_id, shift_id))


async def list_shifts(
    actor: Actor, place_code: str, from_: str | None, limit: int, after: str | None
) -> Page[ShiftView]:
    """Shifts of one's own community that end after a moment (default now), the next one first."""
    place = await get_place(place_code)
    if not actor.belongs_to(place.path):
        raise NotFound
    starts_after, last_id = decode_newest(after)
    rows = await fetch(
        f"{_VIEW} WHERE a.place_code = $2 AND s.ends_at >= $3 AND ($4::timestamptz IS NULL"
        " OR (s.starts_at, s.id) > ($4, $5)) ORDER BY s.starts_at, s.id LIMIT $6",
        actor.person_id,
        place.code,
        await _first_moment(from_, place.zone),
        starts_after,
        last_id,
        limit + 1,
    )
    return page_of(rows, limit, _view, lambda row: (row["starts_at"], row["id"]))


async def _first_moment(from_: str | None, zone: str) -> datetime:
    return rules.parse_from(from_, zone) if from_ is not None else await clock.now()


def _view(row: Any) -> ShiftView:
    return ShiftView(
        id=row["id"],
        activity_id=row["activity_id"],
        team_id=row["team_id"],
        project_id=row["project_id"],
        place_code=row["place_code"],
        title=row["title"],
        venue=row["venue"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        break_minutes=row["break_minutes"],
        seats=row["seats"],
        seats_free=row["seats_free"],
        attendees=row["attendees"],
        policy_key=row["policy_key"],
        policy_version=row["policy_version"],
        hours_confirmed_at=row["hours_confirmed_at"],
        my_capacity=Capacity(row["my_capacity"]) if row["my_capacity"] else None,
    )
