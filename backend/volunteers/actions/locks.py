"""The one lock order of the room: the person, then the shift."""

from uuid import UUID

from backend.core.db import fetch_one, in_transaction
from backend.core.problems import NotFound

_PERSON = "WITH person AS MATERIALIZED (SELECT 1 FROM people WHERE id = $2 FOR NO KEY UPDATE)"


async def lock_for_presence(person_id: UUID, shift_id: UUID) -> None:
    """Lock a person, and share a shift with others who scan; confirming hours has to wait."""
    await _lock(
        f"{_PERSON} SELECT 1 FROM shifts s, person WHERE s.id = $1 FOR SHARE OF s",
        shift_id,
        person_id,
    )


async def lock_for_seat(person_id: UUID, shift_id: UUID) -> None:
    """Lock a person, and the shift against everybody else who wants one of its seats."""
    await _lock(
        f"{_PERSON} SELECT 1 FROM shifts s, person WHERE s.id = $1 FOR NO KEY UPDATE OF s",
        shift_id,
        person_id,
    )


async def _lock(statement: str, shift_id: UUID, person_id: UUID) -> None:
    if not in_transaction():
        raise RuntimeError("a lock outside of a transaction ends at once")
    if await fetch_one(statement, shift_id, person_id) is None:
        raise NotFound
