"""Reads of calls: public, like the notice on the board."""

from typing import Any, Literal
from uuid import UUID

from backend.core.access import Actor, Permission
from backend.core.db import fetch, fetch_one
from backend.core.paging import decode_id_cursor, page_of
from backend.core.problems import NotFound
from backend.core.wire import Page
from backend.grants import rules
from backend.grants.schemas import CallView
from backend.grants.types import CallFacts, CallState, Terms
from backend.policies.queries import get_pack

_CALL = """
SELECT * FROM (
  SELECT c.*, p.path, p.zone, n.title AS need_title, w.id IS NOT NULL AS is_awarded,
         CASE WHEN w.id IS NOT NULL THEN 'awarded' WHEN clock.at < c.opens_at THEN 'upcoming'
              WHEN clock.at < c.closes_at THEN 'open' ELSE 'closed' END AS state
    FROM (SELECT linli_now() AS at) clock CROSS JOIN calls c
    JOIN places p ON p.code = c.place_code LEFT JOIN needs n ON n.id = c.need_id
    LEFT JOIN awards w ON w.call_id = c.id) call
"""


def _facts(row: Any) -> CallFacts:
    return CallFacts(**{name: row[name] for name in CallFacts.__dataclass_fields__})


async def _find_row(call_id: UUID) -> Any:
    row = await fetch_one(_CALL + " WHERE id = $1", call_id)
    if row is None:
        raise NotFound
    return row


async def get_call(call_id: UUID) -> CallFacts:
    """A call by its id; not found if there is none."""
    return _facts(await _find_row(call_id))


async def get_call_for(actor: Actor, call_id: UUID, permission: Permission) -> CallFacts:
    """A call of a place where the actor may do this; any other is not found."""
    call = await get_call(call_id)
    if not actor.may(permission, call.path):
        raise NotFound
    return call


async def lock_call(call_id: UUID, mode: Literal["NO KEY UPDATE", "SHARE"]) -> CallFacts:
    """A call as it stands once the lock is held.

    Writing, submitting and scoring share it; assigning the panel and awarding have it alone, so
    that nothing comes in behind their back.
    """
    await fetch(f"SELECT 1 FROM calls WHERE id = $1 FOR {mode}", call_id)
    return await get_call(call_id)


async def get_terms(call: CallFacts) -> Terms:
    """What applications to a call are held against: its cap and the pack that it pins."""
    pack = await get_pack(call.policy_key, call.policy_version)
    if pack.grants is None:
        raise rules.PolicyWithoutGrants
    return Terms(call.title, call.cap_fen, pack.identity, pack.grants)


async def view_call(call_id: UUID) -> CallView:
    """A call as everybody sees it."""
    return _view(await _find_row(call_id))


async def list_calls(
    state: CallState | None, place: str | None, limit: int, after: str | None
) -> Page[CallView]:
    """Calls that concern a place (of it, above or below it), in a state; oldest first."""
    last = decode_id_cursor(after)
    rows = await fetch(
        _CALL + " WHERE ($1::text IS NULL OR state = $1) AND ($2::text IS NULL OR EXISTS"
        " (SELECT 1 FROM places here WHERE here.code = $2"
        " AND (starts_with(here.path, call.path) OR starts_with(call.path, here.path))))"
        " AND ($3::uuid IS NULL OR id > $3) ORDER BY id LIMIT $4",
        state,
        place,
        last,
        limit + 1,
    )
    return page_of(rows, limit, _view, lambda row: (row["id"],))


def _view(row: Any) -> CallView:
    fields = {name: row[name] for name in CallView.__struct_fields__}
    return CallView(**fields | {"state": CallState(row["state"])})
