"""Rolls: who stands there, who is present, and whether they are enough."""

from typing import Any
from uuid import UUID

from backend.core.db import fetch, fetch_one, fetch_value
from backend.core.masking import masked_name
from backend.core.paging import decode_id_cursor, page_of
from backend.core.problems import NotFound
from backend.polls import rules
from backend.polls.schemas import QuorumView, RollLine, RollPage
from backend.polls.types import (
    Amount,
    Counts,
    Electorate,
    PresenceFacts,
    PresenceMode,
    RollFacts,
    VotingRule,
)

_LINES = """
SELECT e.id, e.office, who.name, p.mode, p.marked_at
  FROM roll_entries e JOIN people who ON who.id = e.person_id
  LEFT JOIN presences p ON p.entry_id = e.id
 WHERE e.roll_id = $1 AND ($2::uuid IS NULL OR e.id > $2) ORDER BY e.id LIMIT $3
"""

_ATTENDANCE = """
SELECT coalesce(sum(e.heads), 0)::bigint, coalesce(sum(e.area_centi), 0)::bigint,
       coalesce(sum(e.heads) FILTER (WHERE p.id IS NOT NULL), 0)::bigint,
       coalesce(sum(e.area_centi) FILTER (WHERE p.id IS NOT NULL), 0)::bigint
  FROM roll_entries e LEFT JOIN presences p ON p.entry_id = e.id
 WHERE e.roll_id = $1
"""


async def get_roll(roll_id: UUID) -> RollFacts:
    """A frozen roll; not found if there is none."""
    row = await fetch_one("SELECT id, size, sha256 FROM rolls WHERE id = $1", roll_id)
    if row is None:
        raise NotFound
    return RollFacts(*row)


async def is_on_roll(roll_id: UUID, person_id: UUID) -> bool:
    """Whether a person stands on a roll."""
    return bool(
        await fetch_value(
            "SELECT EXISTS (SELECT 1 FROM roll_entries WHERE roll_id = $1 AND person_id = $2)",
            roll_id,
            person_id,
        )
    )


async def find_presence(roll_id: UUID, person_id: UUID) -> PresenceFacts | None:
    """Since when a person is present; None if she is not, or not on the roll."""
    row = await fetch_one(
        "SELECT p.entry_id, p.marked_at FROM presences p JOIN roll_entries e ON e.id = p.entry_id"
        " WHERE e.roll_id = $1 AND e.person_id = $2",
        roll_id,
        person_id,
    )
    return PresenceFacts(row["entry_id"], row["marked_at"], repeated=True) if row else None


async def list_roll_people(roll_id: UUID) -> list[UUID]:
    """The people on a roll, to be told something."""
    rows = await fetch("SELECT person_id FROM roll_entries WHERE roll_id = $1", roll_id)
    return [row["person_id"] for row in rows]


async def read_roll(
    roll_id: UUID, *, full_names: bool, limit: int = 20, after: str | None = None
) -> RollPage:
    """A page of a roll; the caller decides who may see full names."""
    head = await fetch_one("SELECT size, sha256, frozen_at FROM rolls WHERE id = $1", roll_id)
    if head is None:
        raise NotFound
    rows = await fetch(_LINES, roll_id, decode_id_cursor(after), limit + 1)

    def line(row: Any) -> RollLine:
        return RollLine(
            entry_id=row["id"],
            name=row["name"] if full_names else masked_name(row["name"]),
            office=row["office"],
            mode=PresenceMode(row["mode"]) if row["mode"] else None,
            marked_at=row["marked_at"],
        )

    page = page_of(rows, limit, line, lambda row: (row["id"],))
    return RollPage(**head, items=page.items, next=page.next)


async def get_quorum(
    roll_id: UUID, rule: VotingRule, mode: Electorate = Electorate.MEMBERS
) -> QuorumView:
    """How many of the roll are present right now, and whether they are enough."""
    figures = await fetch_one(_ATTENDANCE, roll_id)
    eligible, present = Amount(figures[0], figures[1]), Amount(figures[2], figures[3])
    nothing = Amount()
    counts = Counts(eligible, present, nothing, nothing, nothing, nothing, nothing)
    clauses = rules.decide_quorum(rule, counts, mode)
    return QuorumView(
        eligible=eligible.heads,
        present=present.heads,
        needed=clauses[0].bound if clauses else 0,
        reached=rules.has_quorum(rule, counts, mode),
        words="；".join(clause.words_zh for clause in clauses),
        words_en="; ".join(clause.words_en for clause in clauses),
    )
