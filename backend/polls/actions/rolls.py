"""Freezing a roll, and marking who is present."""

from collections.abc import Sequence
from uuid import UUID

from backend.core.access import Actor
from backend.core.columns import new_id
from backend.core.db import atomic, fetch, fetch_one
from backend.polls import queries, rules
from backend.polls.types import PresenceFacts, PresenceMode, RollEntry, RollFacts, RollMember

MARK_PRESENT_REFUSES = (rules.NotOnRoll,)

_MARK = """
INSERT INTO presences (id, roll_id, entry_id, mode, marked_at, marked_by)
SELECT $1, e.roll_id, e.id, $2, linli_now(), $3
  FROM roll_entries e WHERE e.roll_id = $4 AND e.person_id = $5
    ON CONFLICT (entry_id) DO NOTHING RETURNING entry_id, marked_at
"""


async def freeze_roll(place_code: str, body: str, members: Sequence[RollMember]) -> RollFacts:
    """Freeze who may vote, one head each, with the SHA-256 of the list (over person ids).

    In the caller's transaction; nobody is added or removed afterwards. Raises `ValueError` when
    somebody stands there twice.
    """
    digest = rules.roll_sha256(RollEntry(str(member.person_id)) for member in members)
    roll = RollFacts(new_id(), len(members), digest)
    async with atomic():
        await fetch(
            "INSERT INTO rolls (id, place_code, body, size, sha256, frozen_at)"
            " VALUES ($1, $2, $3, $4, $5, linli_now())",
            roll.id,
            place_code,
            body,
            roll.size,
            roll.sha256,
        )
        await fetch(
            "INSERT INTO roll_entries (id, roll_id, person_id, heads, area_centi, office)"
            " SELECT e.id, $2, e.person_id, 1, 0, e.office"
            " FROM unnest($1::uuid[], $3::uuid[], $4::text[]) AS e (id, person_id, office)",
            [new_id() for _ in members],
            roll.id,
            [member.person_id for member in members],
            [member.office for member in members],
        )
    return roll


async def mark_present(
    actor: Actor, roll_id: UUID, person_id: UUID, mode: PresenceMode
) -> PresenceFacts:
    """Mark somebody of the roll as present, once; again tells since when she is.

    In the caller's transaction; the caller has checked how she proved it.
    """
    row = await fetch_one(_MARK, new_id(), mode, actor.account_id, roll_id, person_id)
    if row is not None:
        return PresenceFacts(row["entry_id"], row["marked_at"], repeated=False)
    before = await queries.find_presence(roll_id, person_id)
    rules.require_on_roll(is_on_roll=before is not None)
    assert before is not None  # noqa: S101  (the line above says so)
    return before
