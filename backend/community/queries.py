"""Reads of a community; figures are counted from confirmed, current residencies (常住)."""

from typing import Any
from uuid import UUID

from backend.community.schemas import HouseholdView, SeatView
from backend.community.types import BodyMember, CommunityBody, Office
from backend.core.access import Actor, Permission
from backend.core.db import fetch, fetch_value
from backend.core.masking import masked_name
from backend.core.paging import decode_cursor, page_of
from backend.core.problems import NotFound
from backend.core.wire import Page
from backend.places.queries import get_place, get_place_for

_SEATS = (
    "SELECT m.id, m.person_id, p.name, m.body, m.office, m.from_on FROM body_memberships m"
    " JOIN people p ON p.id = m.person_id WHERE m.place_code = $1 AND m.to_on IS NULL"
    " AND ($2::text IS NULL OR m.body = $2)"
)


async def list_body_members(place_code: str, body: CommunityBody) -> list[BodyMember]:
    """Who sits in a body today, by the calendar of the place; a later seat is not one yet."""
    rows = await fetch(
        f"{_SEATS} AND m.from_on <= (SELECT (linli_now() AT TIME ZONE zone)::date FROM places"
        " WHERE code = $1) ORDER BY m.person_id",
        place_code,
        body,
    )
    return [BodyMember(row["person_id"], row["name"], Office(row["office"])) for row in rows]


async def is_resident(person_id: UUID, place_code: str) -> bool:
    """Whether a person lives here, confirmed, now."""
    return bool(
        await fetch_value(
            "SELECT EXISTS (SELECT 1 FROM residencies WHERE person_id = $1 AND place_code = $2"
            " AND to_on IS NULL AND confirmed_at IS NOT NULL)",
            person_id,
            place_code,
        )
    )


async def list_residents(place_code: str) -> list[UUID]:
    """The confirmed residents of a community."""
    rows = await fetch(
        "SELECT person_id FROM residencies WHERE place_code = $1 AND to_on IS NULL"
        " AND confirmed_at IS NOT NULL ORDER BY person_id",
        place_code,
    )
    return [row["person_id"] for row in rows]


async def count_permanent_residents(place_path: str) -> int:
    """Permanent residents (常住人口) of a place and all below it."""
    found: int = await fetch_value(
        "SELECT count(DISTINCT r.person_id) FROM residencies r JOIN places p"
        " ON p.code = r.place_code WHERE p.path LIKE $1 || '%' AND r.permanent"
        " AND r.to_on IS NULL AND r.confirmed_at IS NOT NULL",
        place_path,
    )
    return found


async def count_households(place_path: str) -> int:
    """Households (户) of a place and all below it."""
    found: int = await fetch_value(
        "SELECT count(*) FROM households h JOIN places p ON p.code = h.place_code"
        " WHERE p.path LIKE $1 || '%'",
        place_path,
    )
    return found


async def list_seats(actor: Actor, place_code: str, body: CommunityBody | None) -> list[SeatView]:
    """The seats of one's own community's bodies; full names only for those who keep them."""
    place = await get_place(place_code)
    if not actor.belongs_to(place.path):
        raise NotFound
    keeps = actor.may(Permission.KEEP_BODIES, place.path)
    rows = await fetch(f"{_SEATS} ORDER BY m.body, m.office, m.id", place_code, body)
    return [_seat(row, full=keeps) for row in rows]


def _seat(row: Any, *, full: bool) -> SeatView:
    return SeatView(
        id=row["id"],
        person_id=row["person_id"],
        name=row["name"] if full else masked_name(row["name"]),
        body=CommunityBody(row["body"]),
        office=Office(row["office"]),
        from_on=row["from_on"],
    )


async def list_households(
    actor: Actor, place_code: str, limit: int, after: str | None
) -> Page[HouseholdView]:
    """The households of a community, by number, for those who may read the register."""
    place = await get_place_for(actor, place_code, Permission.READ_REGISTER)
    (last,) = decode_cursor(after, 1)
    rows = await fetch(
        "SELECT h.id, h.number, u.building, u.entrance, u.room, p.name AS representative,"
        " (SELECT count(*) FROM residencies r WHERE r.household_id = h.id AND r.to_on IS NULL)"
        " AS residents FROM households h JOIN units u ON u.id = h.unit_id"
        " LEFT JOIN people p ON p.id = h.representative_id"
        " WHERE h.place_code = $1 AND ($2::text IS NULL OR h.number > $2)"
        " ORDER BY h.number LIMIT $3",
        place.code,
        last,
        limit + 1,
    )
    return page_of(rows, limit, _household, lambda row: (row["number"],))


def _household(row: Any) -> HouseholdView:
    return HouseholdView(
        id=row["id"],
        number=row["number"],
        building=row["building"],
        entrance=row["entrance"],
        room=row["room"],
        residents=row["residents"],
        representative=row["representative"],
    )
