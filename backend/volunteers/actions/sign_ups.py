"""Taking a seat of a shift and giving it back."""

from typing import Any
from uuid import UUID

from backend.core import audit
from backend.core.access import Actor
from backend.core.columns import new_id
from backend.core.db import atomic, fetch, fetch_one, fetch_value
from backend.core.problems import NotFound
from backend.volunteers import queries, rules
from backend.volunteers.actions.locks import lock_for_seat
from backend.volunteers.schemas import SignUpForShift, SignUpView
from backend.volunteers.types import Standing


async def sign_up(actor: Actor, shift_id: UUID, order: SignUpForShift) -> SignUpView:
    """Take the lowest free seat; of two who press at once for the last one, one gets it.

    The seat is a row that exists, and a sign-up refers to it: no shift is ever overbooked, even
    without the lock.
    """
    async with atomic():
        standing = await _standing(actor, shift_id)
        shift, at = standing.shift, standing.at
        rules.admit_sign_up(
            order.capacity,
            held=await queries.list_capacities(shift.team_id, actor.person_id),
            is_registered=await queries.is_volunteer_at(actor.person_id, shift.path),
            ends_at=shift.ends_at,
            at=at,
        )
        if standing.presence.capacity is not None:
            raise rules.AlreadySignedUp
        seat = await fetch_value(
            "SELECT min(seat) FROM shift_seats f WHERE f.shift_id = $1 AND NOT EXISTS"
            " (SELECT 1 FROM sign_ups u WHERE u.shift_id = f.shift_id AND u.seat = f.seat)",
            shift.id,
        )
        if seat is None:
            raise rules.ShiftFull
        row = await fetch_one(
            "INSERT INTO sign_ups (id, shift_id, person_id, capacity, seat, signed_up_at)"
            " VALUES ($1, $2, $3, $4, $5, $6) RETURNING *",
            new_id(),
            shift.id,
            actor.person_id,
            order.capacity,
            seat,
            at,
        )
        await audit.record(
            "sign_up",
            actor,
            subject=("shift", str(shift.id)),
            place_code=shift.place_code,
            facts={"capacity": order.capacity, "seat": seat},
        )
    return _view(row)


async def cancel_sign_up(actor: Actor, shift_id: UUID) -> None:
    """Give one's own seat back before the shift; somebody else can take it at once."""
    async with atomic():
        standing = await _standing(actor, shift_id)
        if standing.presence.capacity is None:
            raise rules.NotSignedUp
        rules.admit_cancellation(
            starts_at=standing.shift.starts_at,
            was_present=standing.presence.here is not None,
            at=standing.at,
        )
        await fetch(
            "UPDATE sign_ups SET cancelled_at = $3, seat = NULL"
            " WHERE shift_id = $1 AND person_id = $2 AND cancelled_at IS NULL",
            shift_id,
            actor.person_id,
            standing.at,
        )
        await audit.record(
            "cancel_sign_up",
            actor,
            subject=("shift", str(shift_id)),
            place_code=standing.shift.place_code,
        )


async def _standing(actor: Actor, shift_id: UUID) -> Standing:
    """Lock, then read where the actor stands; a shift of another community is not found."""
    await lock_for_seat(actor.person_id, shift_id)
    standing = await queries.get_presence(shift_id, actor.person_id)
    if not actor.belongs_to(standing.shift.path):
        raise NotFound
    return standing


def _view(row: Any) -> SignUpView:
    return SignUpView(
        id=row["id"],
        shift_id=row["shift_id"],
        person_id=row["person_id"],
        capacity=row["capacity"],
        seat=row["seat"],
        signed_up_at=row["signed_up_at"],
    )
