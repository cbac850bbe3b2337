"""Outbox: what must happen after a commit, written in the same transaction.

The worker claims a message with `FOR UPDATE SKIP LOCKED`, handles and marks it in one transaction:
effects in the database happen exactly once, effects outside at least once under its stable tag.
Redis only wakes the worker earlier.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog

from backend.core import cache
from backend.core.db import after_commit, atomic, fetch, fetch_one

WAKE_CHANNEL = "linli:outbox"
MAX_ATTEMPTS = 12
Handler = Callable[[dict[str, Any]], Awaitable[None]]

_log = structlog.get_logger("linli.outbox")


async def enqueue(kind: str, payload: dict[str, Any], tag: str) -> None:
    """Queue a message in the caller's transaction; the same tag is queued once."""
    await fetch(
        "INSERT INTO outbox_messages (kind, payload, tag) VALUES ($1, $2, $3)"
        " ON CONFLICT (tag) DO NOTHING",
        kind,
        payload,
        tag,
    )
    after_commit(_wake_worker)


def _wake_worker() -> None:
    cache.wake_soon(WAKE_CHANNEL)


async def deliver_one(handlers: Mapping[str, Handler]) -> bool:
    """Deliver the oldest due message; False when none is due.

    A handler that raises leaves the message for later: after 2, 4, 8 … seconds, at most an hour,
    and at the twelfth failure it is set aside (`failed_at`) and logged.
    """
    async with atomic():
        row = await fetch_one(
            "SELECT id, kind, payload, tag, attempts FROM outbox_messages"
            " WHERE done_at IS NULL AND failed_at IS NULL AND due_at <= clock_timestamp()"
            " AND kind = ANY($1) ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED",
            list(handlers),
        )
        if row is None:
            return False
        try:
            async with atomic():
                await handlers[row["kind"]](row["payload"])
        except Exception as error:  # noqa: BLE001  (any failure of a handler is retried)
            await _put_back(row, error)
        else:
            await fetch(
                "UPDATE outbox_messages SET done_at = clock_timestamp() WHERE id = $1", row["id"]
            )
    return True


async def _put_back(row: Any, error: Exception) -> None:
    attempt = row["attempts"] + 1
    fate = "outbox_set_aside" if attempt >= MAX_ATTEMPTS else "outbox_retry"
    _log.warning(fate, kind=row["kind"], tag=row["tag"], attempt=attempt, exc_info=error)
    await fetch(
        "UPDATE outbox_messages SET attempts = attempts + 1, last_error = $2,"
        " due_at = clock_timestamp() + least(3600, 2 ^ (attempts + 1)) * interval '1 second',"
        " failed_at = CASE WHEN attempts + 1 >= $3 THEN clock_timestamp() END WHERE id = $1",
        row["id"],
        type(error).__name__,
        MAX_ATTEMPTS,
    )


async def deliver_due(handlers: Mapping[str, Handler]) -> int:
    """Deliver all that is due now; returns how many messages were taken."""
    taken = 0
    while await deliver_one(handlers):
        taken += 1
    return taken
