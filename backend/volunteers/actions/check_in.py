"""Checking in and out of a shift by its rotating code."""

from uuid import UUID

from backend.core import audit, clock
from backend.core.access import Actor
from backend.core.db import atomic, fetch
from backend.core.idempotency import Once
from backend.core.problems import NotFound, Refusal
from backend.core.tokens import is_rotating_code
from backend.volunteers import queries, rules
from backend.volunteers.actions.locks import lock_for_presence
from backend.volunteers.actions.presence import Scan, change_presence
from backend.volunteers.schemas import CheckInForShift, PresenceView


async def check_in_for_shift(
    actor: Actor, shift_id: UUID, order: CheckInForShift, once: Once
) -> PresenceView | Refusal:
    """Check in or out once, however often the phone repeats its request.

    The nonce (`Idempotency-Key`) is looked up before any rule, so a retry of an accepted scan is
    never refused. A refused scan rolls back together with its nonce, which leaves a retry free;
    the attempt itself is then written to the scan log in a transaction of its own, and the
    refusal comes back as a value for the route to raise. An attempt on a shift that does not
    exist leaves nothing, for there is nothing to file it under.
    """
    try:
        return await once.run(lambda: _admit_scan(actor, shift_id, order), PresenceView)
    except Refusal as refusal:
        await _keep_refused(actor, shift_id, order, refusal)
        return refusal


async def _admit_scan(actor: Actor, shift_id: UUID, order: CheckInForShift) -> PresenceView:
    """Lock, read, judge, change, record; in the transaction of the nonce, without another one."""
    await lock_for_presence(actor.person_id, shift_id)
    standing = await queries.get_presence(shift_id, actor.person_id)
    shift, at = standing.shift, standing.at
    if not actor.belongs_to(shift.path):
        raise NotFound
    event = rules.code_event(shift.id, order.direction)
    rules.require_code(is_current=is_rotating_code(order.code, event, at))
    window = rules.check_in_window(shift.period, standing.policy)
    step = rules.decide_scan(order.direction, shift, window, standing.presence, at)
    scan = Scan(actor, standing, step, order.direction, order.scanned_at)
    view = await change_presence(scan)
    if not view.repeated:
        await audit.record(
            "check_in_for_shift",
            actor,
            subject=("shift", str(shift.id)),
            place_code=shift.place_code,
            facts={"direction": order.direction, "minutes": view.minutes},
        )
    return view


async def _keep_refused(
    actor: Actor, shift_id: UUID, order: CheckInForShift, refusal: Refusal
) -> None:
    async with atomic():
        at = await clock.now()
        await fetch(
            "INSERT INTO scans (shift_id, person_id, account_id, direction, proof, accepted,"
            " reason, client_at, server_at) SELECT id, $2, $3, $4, 'code', false, $5, $6, $7"
            " FROM shifts WHERE id = $1",
            shift_id,
            actor.person_id,
            actor.account_id,
            order.direction,
            refusal.code,
            rules.kept_client_time(order.scanned_at, at),
            at,
        )
