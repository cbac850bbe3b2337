"""Live streams: a snapshot at once, each change within a second, deaf never."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from litestar import Litestar

from backend.core import cache, live
from backend.core.cache import Cache
from backend.core.db import atomic
from tests.core.wires import Wire, wire_to
from tests.servers_of_the_run import Servers


class Score:
    """Something that is shown live, and how often it was read."""

    def __init__(self) -> None:
        self.topic = f"test:{uuid4()}"
        self.value = 0
        self.reads = 0
        self.broken = False

    async def snapshot(self) -> dict[str, Any]:
        self.reads += 1
        if self.broken:
            raise ConnectionError
        return {"value": self.value}

    def change(self, value: int) -> None:
        self.value = value
        live.touch(self.topic)


class Listener:
    """A client of the stream: the messages it got, by event."""

    def __init__(self, score: Score, last_id: str | None = None) -> None:
        self._stream = live.stream(score.topic, score.snapshot, last_id)

    async def next(self, within_s: float = 3.0) -> str:
        return (await asyncio.wait_for(anext(self._stream), within_s)).decode()

    async def close(self) -> None:
        await self._stream.aclose()  # type: ignore[attr-defined]


@contextlib.asynccontextmanager
async def listening(score: Score, last_id: str | None = None) -> AsyncIterator[Listener]:
    listener = Listener(score, last_id)
    assert await listener.next() == "retry: 2000\n\n"
    try:
        yield listener
    finally:
        await listener.close()


def id_of(message: str) -> str:
    return message.partition("\n")[0].removeprefix("id: ")


@pytest_asyncio.fixture(loop_scope="session")
async def score(app: Litestar) -> Score:
    return Score()


async def test_the_snapshot_comes_on_connect(score: Score) -> None:
    async with listening(score) as listener:
        message = await listener.next(0.5)
    assert message.splitlines()[1:] == ["event: snapshot", 'data: {"value":0}', ""]
    assert len(id_of(message)) == 16
    assert live.hub().listeners(score.topic) == 0


async def test_a_change_arrives_within_about_a_second(score: Score) -> None:
    async with listening(score) as listener:
        await listener.next()
        started = time.monotonic()
        score.change(1)
        assert '{"value":1}' in await listener.next()
        assert time.monotonic() - started < 1.3


async def test_a_change_after_a_quiet_while_arrives_at_once(score: Score) -> None:
    async with listening(score) as listener:
        await listener.next()
        await asyncio.sleep(1.2)
        started = time.monotonic()
        score.change(1)
        assert '{"value":1}' in await listener.next()
        assert time.monotonic() - started < 0.5


async def test_many_changes_are_one_message_and_one_read(score: Score) -> None:
    async with listening(score) as listener:
        await listener.next()
        for value in range(1, 500):
            score.change(value)
            await asyncio.sleep(0)
        assert '{"value":499}' in await listener.next()
    assert score.reads <= 3


async def test_touches_without_a_change_send_nothing(score: Score) -> None:
    async with listening(score) as listener:
        await listener.next()
        live.touch(score.topic)
        with pytest.raises(TimeoutError):
            await listener.next(1.5)


async def test_a_change_nobody_announced_is_seen_within_two_seconds(score: Score) -> None:
    async with listening(score) as listener:
        await listener.next()
        score.value = 1
        assert '{"value":1}' in await listener.next(3.2)


async def test_a_reconnecting_client_gets_only_what_it_missed(score: Score) -> None:
    async with listening(score) as listener:
        last_id = id_of(await listener.next())
    async with listening(score, last_id) as listener:
        with pytest.raises(TimeoutError):
            await listener.next(0.5)
    score.value = 7
    async with listening(score, last_id) as listener:
        assert '{"value":7}' in await listener.next(0.5)


async def test_a_hall_of_listeners_costs_one_read(score: Score) -> None:
    async with contextlib.AsyncExitStack() as stack:
        hall = [await stack.enter_async_context(listening(score)) for _ in range(200)]
        await asyncio.gather(*(one.next() for one in hall))
        score.change(1)
        found = await asyncio.gather(*(one.next() for one in hall))
        assert all('{"value":1}' in message for message in found)
        assert live.hub().listeners(score.topic) == 200
    assert score.reads <= 3
    assert live.hub().listeners(score.topic) == 0


async def test_a_snapshot_that_fails_is_tried_again(score: Score) -> None:
    score.broken = True
    async with listening(score) as listener:
        await asyncio.sleep(0.1)
        score.broken = False
        assert '{"value":0}' in await listener.next()


async def test_a_touch_waits_for_the_commit(score: Score, db: None) -> None:
    async with listening(score) as listener:
        await listener.next()
        await asyncio.sleep(1.1)
        async with atomic():
            score.change(1)
            await asyncio.sleep(0.1)
            assert score.reads == 1
        assert '{"value":1}' in await listener.next(0.5)


@pytest_asyncio.fixture(loop_scope="session")
async def wired_hub(
    app: Litestar, servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Wire]:
    """A hub of its own whose connection to Redis can be cut, on a channel of its own.

    The process's own look every two seconds is put off, so that nothing but Redis can tell it.
    """
    monkeypatch.setattr(live, "LOOK_S", 60.0)
    monkeypatch.setattr(live, "CHANNEL", f"linli:live:{uuid4()}")
    monkeypatch.setattr(live, "_hub", live.Hub())
    before = cache.current()
    async with wire_to(servers.redis_url) as wire:
        mine = Cache(wire.url_of(servers.redis_url))
        cache.use_cache(mine)
        await live.hub().start()
        try:
            yield wire
        finally:
            await live.hub().stop()
            await mine.close()
            cache.use_cache(before)


async def test_other_processes_hear_it_through_redis_and_again_after_a_cut(
    score: Score, wired_hub: Wire, servers: Servers
) -> None:
    elsewhere = Cache(servers.redis_url)
    async with listening(score) as listener:
        await listener.next()
        await until_heard(elsewhere, score, 1)
        assert '{"value":1}' in await listener.next(1.3)
        wired_hub.cut()
        async with asyncio.timeout(5):  # until the server has noticed the cut
            while await publish(elsewhere, score):  # noqa: ASYNC110  (only asking tells)
                await asyncio.sleep(0.01)
        await until_heard(elsewhere, score, 2)
        assert '{"value":2}' in await listener.next(1.3)
    await elsewhere.close()


async def test_what_happened_while_redis_was_away_is_shown_on_return(
    score: Score, wired_hub: Wire
) -> None:
    async with listening(score) as listener:
        await listener.next()
        await asyncio.sleep(0.2)
        wired_hub.cut()
        score.value = 5
        assert '{"value":5}' in await listener.next(3)


async def publish(elsewhere: Cache, score: Score) -> int:
    return int(await elsewhere.client.publish(live.CHANNEL, score.topic))


async def until_heard(elsewhere: Cache, score: Score, value: int) -> None:
    """Another process changes the score and says so, as soon as anybody listens."""
    score.value = value
    for _ in range(80):
        if await publish(elsewhere, score):
            return
        await asyncio.sleep(0.05)
    pytest.fail("nobody subscribed again within four seconds")
