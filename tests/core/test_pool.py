"""The pool survives everything: failing commits, killed servers, cancelled tasks."""

import asyncio
import os
import random
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from backend.core.db import (
    ENGINE,
    atomic,
    close_pool,
    connect_pool,
    fetch,
    fetch_value,
    in_transaction,
)
from backend.core.problems import Unavailable, refusal_of_database_error
from tests.core.tables import (
    make_commits_linger,
    make_marks,
    mark,
    marks,
    require_whole_pool,
)
from tests.core.wires import wire_to

CANCELLATIONS = int(os.environ.get("LINLI_CANCELLATIONS", "200"))


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def table(committed: str) -> None:
    await make_marks()


async def test_a_failing_commit_leaves_a_healthy_pool() -> None:
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        async with atomic():
            await mark("a", partner="nobody")
    assert not in_transaction()
    assert await marks() == set()
    await require_whole_pool()


async def test_a_killed_connection_reads_as_unavailable_and_the_pool_heals() -> None:
    async def be_killed() -> None:
        async with atomic() as connection:
            await mark("lost")
            pid = await connection.fetchval("SELECT pg_backend_pid()")
            await asyncio.create_task(fetch("SELECT pg_terminate_backend($1, 1000)", pid))
            await mark("never")

    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)) as caught:
        await be_killed()
    assert isinstance(refusal_of_database_error(caught.value), Unavailable)
    assert not in_transaction()
    assert await marks() == set()
    await require_whole_pool()


async def test_a_server_that_kills_everybody_between_requests_goes_unnoticed() -> None:
    await require_whole_pool()
    await fetch(
        "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await asyncio.gather(*(mark(f"m{number}") for number in range(20)))
    assert len(await marks()) == 20
    await require_whole_pool()


@pytest.mark.parametrize("stalls_at", ["statement", "commit", "single"])
async def test_a_server_that_stops_answering_is_given_up_and_the_pool_heals(
    committed: str, monkeypatch: pytest.MonkeyPatch, stalls_at: str
) -> None:
    """The deadline of a command (7 s; here half a second) holds where the server's own cannot."""
    monkeypatch.setattr("backend.core.db.pool.COMMAND_TIMEOUT_S", 0.5)
    monkeypatch.setattr("backend.core.db.transaction.COMMAND_TIMEOUT_S", 0.5)
    before = ENGINE.pool
    async with wire_to(committed) as wire:
        await connect_pool(wire.url_of(committed), 2)

        async def work() -> None:
            if stalls_at == "single":
                wire.stalled = True
                await mark("single")
            async with atomic():
                wire.stalled = stalls_at == "statement"
                await mark("lost")
                wire.stalled = True

        try:
            started = asyncio.get_running_loop().time()
            with pytest.raises((OSError, asyncpg.PostgresError, asyncpg.InterfaceError)) as caught:
                await work()
            assert asyncio.get_running_loop().time() - started < 4
            assert isinstance(refusal_of_database_error(caught.value), Unavailable)
            wire.stalled = False
            await asyncio.sleep(0.1)
            await asyncio.gather(*(mark(f"after {number}") for number in range(8)))
            await require_whole_pool()
        finally:
            wire.stalled = False
            await close_pool()
            ENGINE.pool = before


async def test_an_exhausted_pool_refuses_in_two_seconds() -> None:
    held = [await ENGINE.pool.acquire() for _ in range(ENGINE.pool.get_max_size())]
    try:
        started = asyncio.get_running_loop().time()
        with pytest.raises(ConnectionError) as caught:
            async with atomic():
                pass
        assert 1.5 < asyncio.get_running_loop().time() - started < 3
        assert isinstance(refusal_of_database_error(caught.value), Unavailable)
    finally:
        for one in held:
            await ENGINE.pool.release(one)
    await require_whole_pool()


async def test_a_commit_is_not_interrupted_by_a_cancellation() -> None:
    """The trigger makes COMMIT last; the task is cancelled inside it, and the work is kept."""
    await make_commits_linger()

    async def work() -> None:
        async with atomic():
            await mark("kept")

    task = asyncio.create_task(work())
    await asyncio.sleep(0.15)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await marks() == {"kept"}
    await require_whole_pool()


async def test_random_cancellations_leave_the_pool_whole() -> None:
    """F4: tasks are cancelled at random moments, some twice; what was acknowledged is stored."""
    dice = random.Random(4)
    acknowledged: set[str] = set()
    await require_whole_pool()

    async def work(name: str, sleep_s: float) -> None:
        async with atomic():
            await mark(name)
            async with atomic():
                await fetch_value("SELECT pg_sleep($1)", sleep_s)
                await mark(f"{name} inner")
        acknowledged.update((name, f"{name} inner"))
        await fetch_value("SELECT pg_sleep($1)", sleep_s)

    async def round_of(first: int, size: int) -> None:
        tasks = [
            asyncio.create_task(work(f"t{first + number}", dice.uniform(0, 0.004)))
            for number in range(size)
        ]
        for task in tasks:
            await asyncio.sleep(dice.uniform(0, 0.003))
            task.cancel()
            if dice.random() < 0.2:
                await asyncio.sleep(0)
                task.cancel()
        found: list[Any] = await asyncio.gather(*tasks, return_exceptions=True)
        strange = [one for one in found if one and not isinstance(one, asyncio.CancelledError)]
        assert not strange

    for first in range(0, CANCELLATIONS, 20):
        await round_of(first, min(20, CANCELLATIONS - first))
    stored = await marks()
    assert acknowledged
    assert len(stored) < 2 * CANCELLATIONS
    assert acknowledged <= stored
    assert {name for name in stored if name.endswith("inner")} == {
        f"{name} inner" for name in stored if not name.endswith("inner")
    }
    await require_whole_pool()
