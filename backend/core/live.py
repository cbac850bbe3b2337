"""Live streams: an own SSE hub whose messages are snapshots read from the database.

Writers call `touch(topic)` after a change; Redis carries the wake-up to other processes, and when
it is away each process looks by itself every two seconds. A stream sends a snapshot at most once
a second and only when it changed, so a lost wake-up loses nothing. (Litestar's ChannelsPlugin goes
deaf for ever after one Redis reconnect.)
"""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import structlog
from redis.exceptions import RedisError

from backend.core import cache
from backend.core.db import as_json

Snapshot = Callable[[], Awaitable[dict[str, Any]]]

CHANNEL = "linli:live"
COALESCE_S = 1.0
LOOK_S = 2.0
HEARTBEAT_S = 15.0

_log = structlog.get_logger("linli.live")


class Hub:
    """The listeners of one process, woken by topic."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._subscriber: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Subscribe to wake-ups of other processes, for as long as this process lives."""
        if cache.current().client is not None:
            self._subscriber = asyncio.create_task(self._subscribe())

    async def stop(self) -> None:
        """End the subscription."""
        task, self._subscriber = self._subscriber, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    def wake(self, topic: str) -> None:
        """Wake this process's listeners of a topic."""
        for event in self._waiting.get(topic, ()):
            event.set()

    async def _subscribe(self) -> None:
        """One subscriber a process: reconnect with backoff, resubscribe, then wake everybody."""
        wait_s = 0.5
        while True:
            try:
                async with cache.current().client.pubsub() as channel:
                    await channel.subscribe(CHANNEL)
                    wait_s = 0.5
                    await self._listen(channel)
            except (RedisError, OSError) as error:
                _log.warning("live_redis_away", error=type(error).__name__, retry_s=wait_s)
            await asyncio.sleep(wait_s)
            wait_s = min(wait_s * 2, 5.0)

    async def _listen(self, channel: Any) -> None:
        for topic in list(self._waiting):
            self.wake(topic)
        while True:
            message = await channel.get_message(ignore_subscribe_messages=True, timeout=LOOK_S)
            if message is not None:
                self.wake(message["data"].decode())

    @contextlib.contextmanager
    def listening(self, topic: str) -> Any:
        """An event that is set when the topic changed."""
        event = asyncio.Event()
        self._waiting.setdefault(topic, set()).add(event)
        try:
            yield event
        finally:
            self._waiting[topic].discard(event)
            if not self._waiting[topic]:
                del self._waiting[topic]

    def listeners(self, topic: str) -> int:
        """How many streams of this process listen to a topic."""
        return len(self._waiting.get(topic, ()))


_hub = Hub()


def hub() -> Hub:
    """The hub of this process."""
    return _hub


def touch(topic: str) -> None:
    """Tell every process that a topic changed; call it after the commit."""
    _hub.wake(topic)
    cache.wake_soon(CHANNEL, topic)


async def stream(topic: str, snapshot: Snapshot, last_id: str | None) -> AsyncIterator[bytes]:
    """Server-sent events of a topic: the snapshot now (unless `last_id` is it), then each change.

    The id of a message is the hash of its content, so a reconnecting client gets the current
    snapshot at once if it missed anything, and nothing if it did not.
    """
    seen, quiet_s = last_id, 0.0
    yield b"retry: 2000\n\n"
    with _hub.listening(topic) as changed:
        while True:
            changed.clear()
            data = as_json(await snapshot())
            current = hashlib.sha256(data.encode()).hexdigest()[:16]
            if current != seen:
                seen, quiet_s = current, 0.0
                yield f"id: {current}\nevent: snapshot\ndata: {data}\n\n".encode()
                await asyncio.sleep(COALESCE_S)
            elif quiet_s >= HEARTBEAT_S:
                quiet_s = 0.0
                yield b": heartbeat\n\n"
            quiet_s += await _wait(changed)


async def _wait(changed: asyncio.Event) -> float:
    """Wait for a wake-up, at most two seconds; returns the seconds to count as quiet."""
    try:
        await asyncio.wait_for(changed.wait(), LOOK_S)
    except TimeoutError:
        return LOOK_S
    return 0.0
