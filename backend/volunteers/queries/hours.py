"""Reads of the hours ledgers."""

from typing import Any
from uuid import UUID

from backend.core.db import fetch
from backend.core.paging import decode_newest, page_of
from backend.volunteers.schemas import HoursEntryView, HoursTotal, HoursView
from backend.volunteers.types import Capacity, Ledger, Provenance

_TOTALS = (
    "SELECT ledger, capacity, sum(minutes) AS minutes,"
    " coalesce(sum(minutes) FILTER (WHERE confirmed_at IS NOT NULL), 0) AS confirmed_minutes"
    " FROM hours_entries WHERE {} = $1 GROUP BY ledger, capacity ORDER BY ledger DESC, capacity"
)


def _total(row: Any) -> HoursTotal:
    return HoursTotal(
        ledger=Ledger(row["ledger"]),
        capacity=Capacity(row["capacity"]),
        minutes=row["minutes"],
        confirmed_minutes=row["confirmed_minutes"],
    )


async def list_totals(shift_id: UUID) -> list[HoursTotal]:
    """What a shift credited, by ledger and capacity."""
    return [_total(row) for row in await fetch(_TOTALS.format("shift_id"), shift_id)]


async def get_my_hours(person_id: UUID, limit: int, after: str | None) -> HoursView:
    """A person's totals by ledger and capacity, and a page of entries with the newest first."""
    credited_before, last_id = decode_newest(after)
    rows = await fetch(
        "SELECT h.*, s.in_at, s.out_at, a.title FROM hours_entries h"
        " JOIN shift_sessions s ON s.id = h.session_id JOIN shifts sh ON sh.id = h.shift_id"
        " JOIN activities a ON a.id = sh.activity_id WHERE h.person_id = $1"
        " AND ($2::timestamptz IS NULL OR (h.credited_at, h.id) < ($2, $3))"
        " ORDER BY h.credited_at DESC, h.id DESC LIMIT $4",
        person_id,
        credited_before,
        last_id,
        limit + 1,
    )
    page = page_of(rows, limit, _entry, lambda row: (row["credited_at"], row["id"]))
    totals = [_total(row) for row in await fetch(_TOTALS.format("person_id"), person_id)]
    return HoursView(totals=totals, items=page.items, next=page.next)


def _entry(row: Any) -> HoursEntryView:
    return HoursEntryView(
        id=row["id"],
        shift_id=row["shift_id"],
        title=row["title"],
        place_code=row["place_code"],
        project_id=row["project_id"],
        capacity=Capacity(row["capacity"]),
        ledger=Ledger(row["ledger"]),
        minutes=row["minutes"],
        in_at=row["in_at"],
        out_at=row["out_at"],
        provenance=Provenance(row["provenance"]),
        policy_key=row["policy_key"],
        policy_version=row["policy_version"],
        credited_at=row["credited_at"],
        confirmed_at=row["confirmed_at"],
    )
