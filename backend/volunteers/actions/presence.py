"""What an accepted scan changes: a presence opens or closes, hours are credited, the log grows."""

from dataclasses import dataclass
from datetime import datetime

from backend.core.access import Actor
from backend.core.columns import new_id
from backend.core.db import fetch
from backend.volunteers import queries, rules
from backend.volunteers.schemas import PresenceView
from backend.volunteers.types import (
    Direction,
    Ledger,
    Period,
    Provenance,
    SessionFacts,
    Standing,
    Step,
)

_LOG = (
    "INSERT INTO scans (shift_id, person_id, account_id, direction, reason, client_at, server_at,"
    " proof, accepted) VALUES ($1, $2, $3, $4, $5, $6, $7, 'code', true)"
)
_ENTER = (
    "WITH session AS (INSERT INTO shift_sessions (id, shift_id, person_id, in_at)"
    f" VALUES ($8, $1, $2, $7)) {_LOG}"
)
_LEAVE = (
    "WITH session AS (UPDATE shift_sessions SET out_at = $9 WHERE id = $8), entry AS"
    " (INSERT INTO hours_entries (id, session_id, shift_id, person_id, place_code, project_id,"
    " capacity, ledger, minutes, provenance, policy_key, policy_version, credited_at)"
    f" VALUES ($10, $8, $1, $2, $11, $12, $13, $14, $15, $16, $17, $18, $7)) {_LOG}"
)


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan that was admitted: whose, where she stood, and the step that it leads to."""

    actor: Actor
    standing: Standing
    step: Step
    direction: Direction
    scanned_at: datetime | None

    def logged(self) -> tuple[object, ...]:
        """$1 to $7 of the statements above."""
        at = self.standing.at
        return (
            self.standing.shift.id,
            self.actor.person_id,
            self.actor.account_id,
            self.direction,
            rules.note_of(self.step, self.scanned_at, at),
            rules.kept_client_time(self.scanned_at, at),
            at,
        )


async def change_presence(scan: Scan) -> PresenceView:
    """Carry out the step of an admitted scan; a repeated one leaves a line in the log only."""
    here = scan.standing.presence.here
    if here is None:
        return _view(scan, await _enter(scan), None)
    if scan.step is Step.LEAVE:
        session = SessionFacts(here.id, here.in_at, max(scan.standing.at, here.in_at))
        return _view(scan, session, await _leave(scan, session))
    await fetch(_LOG, *scan.logged())
    return _view(scan, here, None)


async def _enter(scan: Scan) -> SessionFacts:
    """Open a presence; one left open elsewhere, past its window, lapses without any hours."""
    at, forgotten = scan.standing.at, scan.standing.presence.elsewhere
    if forgotten is not None:
        await fetch(
            "UPDATE shift_sessions SET lapsed_at = $2 WHERE id = $1", forgotten.session_id, at
        )
    session = SessionFacts(new_id(), at, None)
    await fetch(_ENTER, *scan.logged(), session.id)
    return session


async def _leave(scan: Scan, session: SessionFacts) -> int:
    """Close the presence and credit its minutes; returns them."""
    shift, capacity = scan.standing.shift, scan.standing.presence.capacity
    if capacity is None:
        raise rules.NotSignedUp
    ledger = rules.ledger_of(capacity)
    minutes = await _count_minutes(scan, session, ledger)
    await fetch(
        _LEAVE,
        *scan.logged(),
        session.id,
        session.out_at,
        new_id(),
        shift.place_code,
        shift.project_id,
        capacity,
        ledger,
        minutes,
        Provenance.MACHINE,
        shift.policy_key,
        shift.policy_version,
    )
    return minutes


async def _count_minutes(scan: Scan, session: SessionFacts, ledger: Ledger) -> int:
    """Minutes by the pinned policy; the day's cap holds because the person is locked."""
    shift, policy = scan.standing.shift, scan.standing.policy
    day = rules.service_day(session.in_at, shift.zone, policy.day_starts_at)
    today = await queries.sum_credited(scan.actor.person_id, ledger, day)
    presence = Period(session.in_at, session.out_at or session.in_at)
    return rules.credited_minutes(presence, shift.period, shift.break_minutes, policy, today)


def _view(scan: Scan, session: SessionFacts, minutes: int | None) -> PresenceView:
    shift, capacity = scan.standing.shift, scan.standing.presence.capacity
    ledger = rules.ledger_of(capacity) if capacity else Ledger.VOLUNTEER
    moment = session.in_at if scan.direction is Direction.IN else session.out_at or session.in_at
    when = rules.clock_words(moment, shift.zone)
    text_zh, text_en = rules.say_step(scan.step, scan.direction, when, minutes, ledger)
    return PresenceView(
        shift_id=shift.id,
        direction=scan.direction,
        repeated=scan.step is Step.REPEAT,
        in_at=session.in_at,
        out_at=session.out_at,
        minutes=minutes,
        ledger=ledger,
        text_zh=text_zh,
        text_en=text_en,
    )
