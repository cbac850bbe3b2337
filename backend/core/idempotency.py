"""Idempotency: key, effect and stored answer in one transaction, kept 72 hours.

The same key in parallel waits for the first and then replays its answer; with another body it is
422. A refused attempt rolls back and leaves no key, so that a retry after mending is free.
"""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from backend.core.db import as_json, atomic, fetch, fetch_one
from backend.core.problems import Kind, Refusal

T = TypeVar("T")

MAX_KEY_LENGTH = 100


class IdempotencyKeyMissing(Refusal):
    """This operation changes something that must not happen twice, so it needs a key."""

    kind = Kind.MALFORMED
    code = "idempotency-key-missing"
    zh = "缺少 Idempotency-Key 请求头，请更新应用后重试。"
    en = "Send an Idempotency-Key header: this operation must not happen twice."


class IdempotencyKeyInvalid(Refusal):
    """A key is 1 to 100 visible ASCII characters."""

    kind = Kind.MALFORMED
    code = "idempotency-key-invalid"
    zh = "Idempotency-Key 应为 1 至 100 个可见 ASCII 字符。"
    en = "An Idempotency-Key is 1 to 100 visible ASCII characters."


class IdempotencyKeyReused(Refusal):
    """The key was used for another request."""

    kind = Kind.INVALID
    code = "idempotency-key-reused"
    zh = "该 Idempotency-Key 已用于另一请求。"
    en = "This Idempotency-Key was used for another request."


@dataclass(frozen=True, slots=True)
class Once:
    """One request that must take effect once: its account, operation, key and body hash.

    `await once.run(action)` returns the action's view, or the stored answer of the first time.
    """

    account_id: UUID
    operation: str
    key: str | None
    request_hash: bytes

    async def run(self, action: Callable[[], Awaitable[T]], answer: type[T]) -> T:
        """Run `action` once in a transaction; raises 422 for a key of another request."""
        if self.key is None:
            return await action()
        async with atomic():
            if not await self._claim():
                return msgspec.convert(await self._stored(), type=answer, strict=False)
            view = await action()
            await self._store(view)
            return view

    async def _claim(self) -> bool:
        row = await fetch_one(
            "INSERT INTO idempotency_keys (account_id, operation, key, request_hash)"
            " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1",
            self.account_id,
            self.operation,
            self.key,
            self.request_hash,
        )
        return row is not None

    async def _stored(self) -> Any:
        row = await fetch_one(
            "SELECT request_hash, answer FROM idempotency_keys"
            " WHERE account_id = $1 AND operation = $2 AND key = $3",
            self.account_id,
            self.operation,
            self.key,
        )
        if row["request_hash"] != self.request_hash:
            raise IdempotencyKeyReused
        return row["answer"]

    async def _store(self, view: Any) -> None:
        await fetch(
            "UPDATE idempotency_keys SET answer = $4"
            " WHERE account_id = $1 AND operation = $2 AND key = $3",
            self.account_id,
            self.operation,
            self.key,
            as_json(view),
        )


def require_key(key: str | None, *, needed: bool) -> None:
    """Refuse a missing key where one is needed, and an unreadable one anywhere."""
    if key is None:
        if needed:
            raise IdempotencyKeyMissing
        return
    if not 1 <= len(key) <= MAX_KEY_LENGTH or not all("!" <= sign <= "~" for sign in key):
        raise IdempotencyKeyInvalid


def request_hash(path: str, body: bytes) -> bytes:
    """What makes two requests the same: the path and the exact body."""
    return hashlib.sha256(path.encode() + b"\x00" + body).digest()


async def forget_old_keys() -> int:
    """Delete keys older than 72 hours; returns how many."""
    rows = await fetch(
        "DELETE FROM idempotency_keys WHERE created_at < linli_now() - interval '72 hours'"
        " RETURNING 1"
    )
    return len(rows)
