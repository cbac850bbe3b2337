"""Writes of a community."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from backend.community import queries, rules
from backend.community.schemas import SeatMember, SeatView
from backend.community.types import CommunityBody, Office, Register
from backend.core import audit, clock
from backend.core.access import Actor, Permission, Role
from backend.core.columns import new_id
from backend.core.db import atomic, fetch, fetch_one
from backend.identity.actions import grant_roles
from backend.identity.queries import list_accounts_of
from backend.identity.types import NewGrant
from backend.places.queries import get_place, get_place_for

_ROLE_OF_SEAT: dict[CommunityBody, Role] = {
    CommunityBody.COMMITTEE: Role.COMMITTEE_MEMBER,
    CommunityBody.REPRESENTATIVES: Role.REPRESENTATIVE,
}


async def seat_member(actor: Actor, place_code: str, order: SeatMember) -> SeatView:
    """Seat a resident in a body of the community, with the role that goes with the seat."""
    place = await get_place_for(actor, place_code, Permission.KEEP_BODIES)
    async with atomic():
        rules.require_resident(is_resident=await queries.is_resident(order.person_id, place.code))
        from_on = order.from_on or rules.day_at(place.zone, await clock.now())
        seat_id = await seat_person(place.code, order.body, order.office, order.person_id, from_on)
        await audit.record(
            "seat_member",
            actor,
            subject=("body_membership", str(seat_id)),
            place_code=place.code,
            facts={"body": order.body, "office": order.office},
        )
        person = await fetch_one("SELECT name FROM people WHERE id = $1", order.person_id)
    return SeatView(
        id=seat_id,
        person_id=order.person_id,
        name=person["name"],
        body=order.body,
        office=order.office,
        from_on=from_on,
    )


async def seat_person(
    place_code: str, body: CommunityBody, office: Office, person_id: UUID, from_on: date
) -> UUID:
    """The seat itself and its role, for seeding too; the role goes to the person's account.

    A seat of a later day gives its role from that day.
    """
    seat_id = new_id()
    await fetch(
        "INSERT INTO body_memberships (id, place_code, body, office, person_id, from_on)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        seat_id,
        place_code,
        body,
        office,
        person_id,
        from_on,
    )
    role = Role.COMMITTEE_CHAIR if _is_committee_chair(body, office) else _ROLE_OF_SEAT.get(body)
    account = (await list_accounts_of([person_id])).get(person_id)
    if role is not None and account is not None and not await _holds(account, role, place_code):
        place = await get_place(place_code)
        starts_at = rules.decide_role_start(from_on, place.zone, await clock.now())
        await grant_roles([NewGrant(account, role, place_code, valid_from=starts_at)])
    return seat_id


def _is_committee_chair(body: CommunityBody, office: Office) -> bool:
    return body is CommunityBody.COMMITTEE and office is Office.CHAIR


async def _holds(account_id: UUID, role: Role, place_code: str) -> bool:
    row = await fetch_one(
        "SELECT 1 FROM role_grants WHERE account_id = $1 AND role = $2 AND place_code = $3"
        " AND revoked_at IS NULL AND (valid_until IS NULL OR valid_until > linli_now())",
        account_id,
        role,
        place_code,
    )
    return row is not None


async def load_register(register: Register) -> None:
    """Load a community's whole register in one transaction; nothing of it if a line is refused."""
    at, place, day = await clock.now(), register.place_code, register.as_of
    async with atomic() as connection:
        await _copy(
            connection,
            "units",
            "id place_code building entrance room area_centi",
            ((u.id, place, u.building, u.entrance, u.room, u.area_centi) for u in register.units),
        )
        await _copy(
            connection,
            "households",
            "id place_code unit_id number representative_id",
            ((h.id, place, h.unit_id, h.number, h.representative_id) for h in register.households),
        )
        await _copy(
            connection,
            "residencies",
            "id person_id household_id place_code relation hukou_local permanent"
            " confirmed_at from_on",
            (
                (
                    new_id(),
                    r.person_id,
                    r.household_id,
                    place,
                    r.relation,
                    r.hukou_local,
                    r.permanent,
                    at,
                    day,
                )
                for r in register.residencies
            ),
        )
        await _copy(
            connection,
            "tenures",
            "id unit_id person_id kind from_on",
            ((new_id(), t.unit_id, t.person_id, t.kind, day) for t in register.tenures),
        )


async def _copy(connection: Any, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    await connection.copy_records_to_table(table, records=list(rows), columns=columns.split())
