"""Redis, for what may be lost: rate limits, live wake-ups, the worker's alarm clock.

Every call has 0.2 s; after a failure nothing is asked for five seconds (the breaker). Callers get
None and go on without it.
"""

import asyncio
import time
from collections.abc import Awaitable
from typing import Any, TypeVar

import redis.asyncio as redis
import structlog
from redis.exceptions import RedisError

T = TypeVar("T")

TIMEOUT_S = 0.2
BREAK_S = 5.0

_log = structlog.get_logger("linli.cache")


class Cache:
    """One Redis client a process behind a breaker; without an address it is always open."""

    def __init__(
        self, url: str | None, break_s: float = BREAK_S, timeout_s: float = TIMEOUT_S
    ) -> None:
        self.url = url
        self._break_s = break_s
        self._timeout_s = timeout_s
        self._closed_until = 0.0
        self._client: Any = (
            redis.from_url(
                url, socket_timeout=timeout_s, socket_connect_timeout=timeout_s, retry=None
            )
            if url
            else None
        )

    @property
    def client(self) -> Any:
        """The bare client, for scripts; None without an address."""
        return self._client

    @property
    def is_broken(self) -> bool:
        """Whether Redis is not being asked right now."""
        return self._client is None or time.monotonic() < self._closed_until

    async def ask(self, call: Awaitable[T]) -> T | None:
        """The answer of one call, or None when Redis is away or slow."""
        if self.is_broken:
            if asyncio.iscoroutine(call):
                call.close()
            return None
        try:
            return await asyncio.wait_for(call, self._timeout_s)
        except (RedisError, OSError, TimeoutError) as error:
            self._closed_until = time.monotonic() + self._break_s
            _log.warning("redis_away", error=type(error).__name__, retry_s=self._break_s)
            return None

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()


_cache: list[Cache] = [Cache(None)]
_wakes: set[asyncio.Task[Any]] = set()


def use_cache(cache: Cache) -> None:
    """Make `cache` the one of this process."""
    _cache[:] = [cache]


def current() -> Cache:
    """The cache of this process."""
    return _cache[0]


def wake_soon(channel: str, message: str = "") -> None:
    """Publish a wake-up without waiting for it; nothing depends on its arrival."""
    cache = current()
    if cache.is_broken:
        return
    task = asyncio.ensure_future(cache.ask(cache.client.publish(channel, message)))
    _wakes.add(task)
    task.add_done_callback(_wakes.discard)
