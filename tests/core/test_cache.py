"""Redis refused, slow, gone: a call costs a quarter second once, then nothing for five."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from backend.core import cache
from backend.core.cache import BREAK_S, Cache
from tests.core.wires import Wire, dead_port, silent_server, wire_to
from tests.servers_of_the_run import Servers


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    before = cache.current()
    yield
    cache.use_cache(before)


@pytest_asyncio.fixture(loop_scope="session")
async def wire(servers: Servers) -> AsyncIterator[Wire]:
    async with wire_to(servers.redis_url) as wire:
        yield wire


def through(servers: Servers, wire: Wire) -> Cache:
    return Cache(wire.url_of(servers.redis_url), break_s=0.5)


async def ping(asked: Cache) -> tuple[object, float]:
    started = time.monotonic()
    answer = await asked.ask(asked.client.ping())
    return answer, time.monotonic() - started


async def test_a_living_redis_answers(servers: Servers) -> None:
    asked = Cache(servers.redis_url)
    assert (await ping(asked))[0] is True
    assert not asked.is_broken
    await asked.close()


async def test_a_refused_connection_is_none_at_once_and_opens_the_breaker() -> None:
    asked = Cache(f"redis://127.0.0.1:{dead_port()}/0")
    answer, took_s = await ping(asked)
    assert answer is None
    assert took_s < 0.25
    assert asked.is_broken
    await asked.close()


async def test_a_server_that_never_answers_costs_a_quarter_second_once() -> None:
    async with silent_server() as port:
        asked = Cache(f"redis://127.0.0.1:{port}/0")
        answer, took_s = await ping(asked)
        assert answer is None
        assert 0.15 < took_s < 0.35
        for _ in range(100):
            assert (await ping(asked))[0] is None
        assert (await ping(asked))[1] < 0.01
        await asked.close()


async def test_many_callers_wait_together_not_one_after_the_other() -> None:
    async with silent_server() as port:
        asked = Cache(f"redis://127.0.0.1:{port}/0")
        started = time.monotonic()
        assert await asyncio.gather(*(ping(asked) for _ in range(50)))
        assert time.monotonic() - started < 0.5
        await asked.close()


async def test_the_breaker_closes_again_and_the_answers_are_right(
    servers: Servers, wire: Wire
) -> None:
    """A late answer to the call that was given up must not be taken for the next one's."""
    asked = through(servers, wire)
    assert await asked.ask(asked.client.set("linli:test:mine", "right")) is True
    wire.delay_s = 0.5
    assert await asked.ask(asked.client.echo("late")) is None
    started = time.monotonic()
    wire.delay_s = 0.0
    assert await asked.ask(asked.client.get("linli:test:mine")) is None
    while asked.is_broken:  # noqa: ASYNC110  (time passes, nothing tells)
        await asyncio.sleep(0.05)
    assert 0.4 < time.monotonic() - started < 1
    assert BREAK_S == 5
    found = await asyncio.gather(
        *(asked.ask(asked.client.get("linli:test:mine")) for _ in range(5))
    )
    assert found == [b"right"] * 5
    await asked.close()


async def test_a_cut_connection_is_none_and_the_next_is_made_anew(
    servers: Servers, wire: Wire
) -> None:
    asked = through(servers, wire)
    assert (await ping(asked))[0] is True
    wire.cut()
    await asyncio.sleep(0.05)
    answer, took_s = await ping(asked)
    assert took_s < 0.25
    assert answer is True or asked.is_broken
    await asked.close()


async def test_without_an_address_nothing_is_asked() -> None:
    asked = Cache(None)
    cache.use_cache(asked)
    assert asked.is_broken
    cache.wake_soon("linli:test", "nobody hears it")
    await asked.close()


async def test_a_wake_up_never_fails_its_caller() -> None:
    asked = Cache(f"redis://127.0.0.1:{dead_port()}/0")
    cache.use_cache(asked)
    cache.wake_soon("linli:test", "nobody hears it")
    await asyncio.sleep(0.3)
    assert asked.is_broken
    await asked.close()
