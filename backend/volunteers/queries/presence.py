"""Reads of presence: where a person stands towards a shift, and what she was credited today."""

from typing import Any
from uuid import UUID

from backend.core.db import fetch_one, fetch_value
from backend.core.problems import NotFound
from backend.volunteers import rules
from backend.volunteers.queries.shifts import SHIFT_FACTS, SHIFT_FROM, get_shift_policy
from backend.volunteers.types import (
    Capacity,
    ElsewhereFacts,
    Ledger,
    Period,
    PresenceFacts,
    SessionFacts,
    ShiftFacts,
    Standing,
)

_SHIFT_WIDTH = len(ShiftFacts.__dataclass_fields__)

_PRESENCE = (
    f"SELECT {SHIFT_FACTS}, linli_now() AS at, u.capacity, here.id AS session_id, here.in_at,"
    " here.out_at, o.id AS other_session, o.shift_id AS other_shift, oa.title AS other_title,"
    " os.starts_at AS other_starts_at, os.ends_at AS other_ends_at,"
    " os.policy_key AS other_key, os.policy_version AS other_version"
    f"{SHIFT_FROM}"
    " LEFT JOIN sign_ups u ON u.shift_id = s.id AND u.person_id = $2 AND u.cancelled_at IS NULL"
    " LEFT JOIN shift_sessions here ON here.shift_id = s.id AND here.person_id = $2"
    " LEFT JOIN shift_sessions o ON o.person_id = $2 AND o.shift_id <> s.id"
    " AND o.out_at IS NULL AND o.lapsed_at IS NULL"
    " LEFT JOIN shifts os ON os.id = o.shift_id LEFT JOIN activities oa ON oa.id = os.activity_id"
    " WHERE s.id = $1"
)


async def get_presence(shift_id: UUID, person_id: UUID) -> Standing:
    """Where a person stands towards a shift right now; the caller holds the lock of both."""
    row = await fetch_one(_PRESENCE, shift_id, person_id)
    if row is None:
        raise NotFound
    shift = ShiftFacts(*tuple(row)[:_SHIFT_WIDTH])
    here = SessionFacts(row["session_id"], row["in_at"], row["out_at"])
    return Standing(
        at=row["at"],
        shift=shift,
        policy=await get_shift_policy(shift.policy_key, shift.policy_version),
        presence=PresenceFacts(
            capacity=Capacity(row["capacity"]) if row["capacity"] else None,
            here=here if row["session_id"] else None,
            elsewhere=await _elsewhere(row) if row["other_session"] else None,
        ),
    )


async def _elsewhere(row: Any) -> ElsewhereFacts:
    policy = await get_shift_policy(row["other_key"], row["other_version"])
    window = rules.check_in_window(Period(row["other_starts_at"], row["other_ends_at"]), policy)
    return ElsewhereFacts(row["other_session"], row["other_shift"], row["other_title"], window.end)


async def sum_credited(person_id: UUID, ledger: Ledger, day: Period) -> int:
    """Minutes of a ledger from presences that began on a service day."""
    found: int = await fetch_value(
        "SELECT coalesce(sum(h.minutes), 0) FROM hours_entries h"
        " JOIN shift_sessions s ON s.id = h.session_id WHERE h.person_id = $1 AND h.ledger = $2"
        " AND s.in_at >= $3 AND s.in_at < $4",
        person_id,
        ledger,
        day.start,
        day.end,
    )
    return found
