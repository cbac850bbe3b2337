"""Closing the books of a shift: attendees, confirmed hours, and both as evidence of the project."""

from typing import Any
from uuid import UUID

from backend.core import audit, clock
from backend.core.access import Actor
from backend.core.db import atomic, fetch, fetch_one
from backend.projects.actions import record_evidence
from backend.projects.types import EvidenceKind, NewEvidence
from backend.volunteers import queries, rules
from backend.volunteers.schemas import ConfirmationView, HoursTotal, RecordAttendance, ShiftView
from backend.volunteers.types import Ledger, ShiftFacts

_HOURS = {
    Ledger.VOLUNTEER: EvidenceKind.HOURS_VOLUNTEER,
    Ledger.DUTY: EvidenceKind.HOURS_DUTY,
}


async def record_attendance(actor: Actor, shift_id: UUID, order: RecordAttendance) -> ShiftView:
    """Record how many people a shift reached; recorded after the hours, it is evidence at once."""
    async with atomic():
        shift = await _lock_shift(actor, shift_id)
        rules.admit_attendance(shift, await clock.now())
        await fetch("UPDATE shifts SET attendees = $2 WHERE id = $1", shift.id, order.attendees)
        if shift.hours_confirmed_at is not None:
            await _prove_attendance(shift, order.attendees)
        await audit.record(
            "record_attendance",
            actor,
            subject=("shift", str(shift.id)),
            place_code=shift.place_code,
            facts={"attendees": order.attendees},
        )
        return await queries.get_shift_view(actor, shift.id)


async def confirm_hours(actor: Actor, shift_id: UUID) -> ConfirmationView:
    """Confirm all hours of a shift at once, and record them as evidence of its project.

    Presences that were never closed carry no hours and stay as they are.
    """
    async with atomic():
        shift = await _lock_shift(actor, shift_id)
        policy = await queries.get_shift_policy(shift.policy_key, shift.policy_version)
        at = await clock.now()
        counted = await _count_presences(shift.id, actor.person_id)
        rules.admit_confirmation(
            shift,
            rules.check_in_window(shift.period, policy),
            at,
            inside=counted["inside"],
            has_own=counted["own"],
        )
        await fetch(
            "WITH closed AS (UPDATE shifts SET hours_confirmed_at = $2, hours_confirmed_by = $3"
            " WHERE id = $1) UPDATE hours_entries SET confirmed_at = $2, confirmed_by = $3"
            " WHERE shift_id = $1 AND confirmed_at IS NULL",
            shift.id,
            at,
            actor.account_id,
        )
        totals = await queries.list_totals(shift.id)
        await _prove(shift, totals)
        await audit.record(
            "confirm_hours",
            actor,
            subject=("shift", str(shift.id)),
            place_code=shift.place_code,
            facts={
                "entries": counted["entries"],
                "minutes": sum(total.minutes for total in totals),
            },
        )
    return ConfirmationView(
        shift_id=shift.id,
        confirmed_at=at,
        entries=counted["entries"],
        unfinished=counted["unfinished"],
        attendees=shift.attendees,
        totals=totals,
    )


async def _lock_shift(actor: Actor, shift_id: UUID) -> ShiftFacts:
    """Lock a shift that the actor may lead, then read it: nobody checks in or out meanwhile."""
    await queries.get_shift_for(actor, shift_id)
    await fetch("SELECT 1 FROM shifts WHERE id = $1 FOR NO KEY UPDATE", shift_id)
    return await queries.get_shift_for(actor, shift_id)


async def _count_presences(shift_id: UUID, person_id: UUID) -> Any:
    return await fetch_one(
        "SELECT count(h.id) AS entries, count(*) FILTER (WHERE s.out_at IS NULL) AS unfinished,"
        " count(*) FILTER (WHERE s.out_at IS NULL AND s.lapsed_at IS NULL) AS inside,"
        " coalesce(bool_or(h.person_id = $2), false) AS own FROM shift_sessions s"
        " LEFT JOIN hours_entries h ON h.session_id = s.id WHERE s.shift_id = $1",
        shift_id,
        person_id,
    )


async def _prove(shift: ShiftFacts, totals: list[HoursTotal]) -> None:
    """Minutes of each ledger, with their capacities, and people reached if they are recorded."""
    if shift.project_id is None:
        return
    for ledger, kind in _HOURS.items():
        minutes = {t.capacity.value: t.minutes for t in totals if t.ledger is ledger and t.minutes}
        if minutes:
            facts = {"minutes_by_capacity": minutes}
            quantity = sum(minutes.values())
            await record_evidence(
                shift.project_id,
                NewEvidence(kind, "shift", str(shift.id), quantity, "minutes", facts),
            )
    if shift.attendees is not None:
        await _prove_attendance(shift, shift.attendees)


async def _prove_attendance(shift: ShiftFacts, attendees: int) -> None:
    if shift.project_id is not None:
        await record_evidence(
            shift.project_id,
            NewEvidence(EvidenceKind.PEOPLE_REACHED, "shift", str(shift.id), attendees, "persons"),
        )
