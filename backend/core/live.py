"""Live streams: an own SSE hub whose messages are snapshots read from the database.

Writers call `touch(topic)`; Redis carries the wake-up to other processes, and when it is away each
process looks by itself every two seconds. One task a topic and process reads the snapshot, at most
once a second, and all listeners get it when it changed: a lost wake-up loses nothing, and a hall
of listeners costs one query. (Litestar's ChannelsPlugin goes deaf for ever after one reconnect.)
"""

import asyncio
import contextlib
import contextvars
import hashlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import structlog

from backend.core import cache
from backend.core.db import after_commit, as_json

Snapshot = Callable[[], Awaitable[dict[str, Any]]]

CHANNEL = "linli:live"
COALESCE_S = 1.0
LOOK_S = 2.0
HEARTBEAT_S = 15.0
_BACKOFF_S = (0.5, 5.0)

_log = structlog.get_logger("linli.live")


class _Topic:
    """One topic of this process: who listens, the last snapshot, and the task that reads it."""

    def __init__(self, name: str, snapshot: Snapshot) -> None:
        self.name = name
        self.changed = asyncio.Event()
        self.shown = ("", "")
        self._snapshot = snapshot
        self._news: set[asyncio.Event] = set()
        self._reader = asyncio.create_task(self._read(), context=contextvars.Context())

    @property
    def listeners(self) -> int:
        return len(self._news)

    def close(self) -> None:
        """Stop reading: the last listener has gone."""
        self._reader.cancel()

    @contextlib.contextmanager
    def news(self) -> Iterator[asyncio.Event]:
        """An event that is set whenever there is a snapshot that this listener may not have."""
        event = asyncio.Event()
        event.set()
        self._news.add(event)
        try:
            yield event
        finally:
            self._news.discard(event)

    async def _read(self) -> None:
        """Read on every wake-up, at most once a second, and every two seconds without one."""
        while True:
            started = time.monotonic()
            self.changed.clear()
            try:
                self._show(as_json(await self._snapshot()))
            except Exception as error:  # noqa: BLE001  (the next look may succeed)
                _log.warning("live_snapshot_failed", topic=self.name, exc_info=error)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.changed.wait(), LOOK_S)
            await asyncio.sleep(max(0.0, COALESCE_S - (time.monotonic() - started)))

    def _show(self, data: str) -> None:
        """The id of a message is the hash of its content."""
        shown = (hashlib.sha256(data.encode()).hexdigest()[:16], data)
        if shown != self.shown:
            self.shown = shown
            for event in self._news:
                event.set()


class Hub:
    """The topics that somebody listens to in this process, woken by name."""

    def __init__(self) -> None:
        self._topics: dict[str, _Topic] = {}
        self._subscriber: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Subscribe to wake-ups of other processes, for as long as this process lives."""
        if cache.current().client is not None:
            self._subscriber = asyncio.create_task(self._subscribe())

    async def stop(self) -> None:
        """End the subscription and all reading."""
        task, self._subscriber = self._subscriber, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        for topic in self._topics.values():
            topic.close()
        self._topics.clear()

    def wake(self, name: str) -> None:
        """Have this process look at a topic again, if anybody listens."""
        topic = self._topics.get(name)
        if topic is not None:
            topic.changed.set()

    def listeners(self, name: str) -> int:
        """How many streams of this process listen to a topic."""
        topic = self._topics.get(name)
        return topic.listeners if topic is not None else 0

    @contextlib.contextmanager
    def listening(self, name: str, snapshot: Snapshot) -> Iterator[tuple[_Topic, asyncio.Event]]:
        """The topic, read for as long as anybody listens, and this listener's event."""
        topic = self._topics.get(name)
        if topic is None:
            topic = self._topics[name] = _Topic(name, snapshot)
        try:
            with topic.news() as event:
                yield topic, event
        finally:
            if not topic.listeners and self._topics.get(name) is topic:
                del self._topics[name]
                topic.close()

    async def _subscribe(self) -> None:
        """One subscriber a process: reconnect with backoff, resubscribe, then wake everybody."""
        wait_s = _BACKOFF_S[0]
        while True:
            try:
                async with cache.current().client.pubsub() as channel:
                    await channel.subscribe(CHANNEL)
                    wait_s = _BACKOFF_S[0]
                    await self._listen(channel)
            except Exception as error:  # noqa: BLE001  (a deaf process would not be noticed)
                _log.warning("live_redis_away", error=type(error).__name__, retry_s=wait_s)
            await asyncio.sleep(wait_s)
            wait_s = min(wait_s * 2, _BACKOFF_S[1])

    async def _listen(self, channel: Any) -> None:
        for name in list(self._topics):
            self.wake(name)
        while True:
            message = await channel.get_message(ignore_subscribe_messages=True, timeout=LOOK_S)
            if message is not None:
                self.wake(message["data"].decode())


_hub = Hub()


def hub() -> Hub:
    """The hub of this process."""
    return _hub


def touch(topic: str) -> None:
    """Tell every process that a topic changed, once the caller's transaction is committed."""

    def tell() -> None:
        _hub.wake(topic)
        cache.wake_soon(CHANNEL, topic)

    after_commit(tell)


async def stream(topic: str, snapshot: Snapshot, last_id: str | None) -> AsyncIterator[bytes]:
    """Server-sent events of a topic: the snapshot now (unless `last_id` is it), then each change.

    The snapshot is the topic's, the same for every listener: nothing in it may depend on who
    asks. A reconnecting client gets the current one at once if it missed anything, and nothing
    if it did not.
    """
    seen = last_id
    yield b"retry: 2000\n\n"
    with _hub.listening(topic, snapshot) as (shared, news):
        while True:
            try:
                await asyncio.wait_for(news.wait(), HEARTBEAT_S)
            except TimeoutError:
                yield b": heartbeat\n\n"
                continue
            news.clear()
            current, data = shared.shown
            if current and current != seen:
                seen = current
                yield f"id: {current}\nevent: snapshot\ndata: {data}\n\n".encode()
