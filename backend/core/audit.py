"""Audit: one row for every change, written inside the change's own transaction.

Rows are unchained here; a sealer chains committed rows later, so that no chain head is hot.
Facts carry identifiers and figures, never names, phones or what somebody wrote.
"""

from typing import Any

from backend.core.access import Actor
from backend.core.db import fetch


async def record(
    event: str,
    actor: Actor | None,
    *,
    subject: tuple[str, str],
    place_code: str | None = None,
    facts: dict[str, Any] | None = None,
) -> None:
    """Record that `actor` (None: the system) did `event` to `subject` (kind, id)."""
    await fetch(
        "INSERT INTO audit_events (event, account_id, session_id, subject_kind, subject_id,"
        " place_code, facts) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        event,
        actor.account_id if actor else None,
        actor.session_id if actor else None,
        *subject,
        place_code,
        facts or {},
    )
