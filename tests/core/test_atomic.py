"""`atomic()`: one transaction, savepoints when nested, and a pool that survives everything."""

import asyncio
import os
import random
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from backend.core.db import (
    ENGINE,
    SpoiltTransactionError,
    after_commit,
    atomic,
    fetch,
    fetch_value,
    in_transaction,
)
from backend.core.problems import Unavailable, refusal_of_database_error
from tests.core.tables import (
    count_idle_in_transaction,
    make_commits_linger,
    make_marks,
    mark,
    marks,
)

CANCELLATIONS = int(os.environ.get("LINLI_CANCELLATIONS", "200"))


class BoomError(Exception):
    pass


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def table(committed: str) -> None:
    await make_marks()


async def write_and_fail(*names: str) -> None:
    async with atomic():
        for name in names:
            await mark(name)
        raise BoomError


async def write_in_one(*names: str) -> None:
    async with atomic():
        for name in names:
            await mark(name)


async def require_whole_pool() -> None:
    """Every connection is idle, none is inside a transaction, and all can be had at once."""
    pool = ENGINE.pool
    assert pool.get_idle_size() == pool.get_size()
    assert await count_idle_in_transaction() == 0
    connections = [await pool.acquire(timeout=2) for _ in range(pool.get_max_size())]
    try:
        assert [await one.fetchval("SELECT 1") for one in connections] == [1] * len(connections)
    finally:
        for one in connections:
            await pool.release(one)


async def test_what_ends_well_is_kept() -> None:
    async with atomic():
        await mark("a")
        assert in_transaction()
    assert not in_transaction()
    assert await marks() == {"a"}


async def test_what_ends_badly_is_undone_and_the_context_is_reset() -> None:
    with pytest.raises(BoomError):
        await write_and_fail("a")
    assert not in_transaction()
    assert await marks() == set()
    await require_whole_pool()


async def test_a_caught_inner_error_undoes_the_inner_part_only() -> None:
    async with atomic():
        await mark("before")
        with pytest.raises(asyncpg.UniqueViolationError):
            await write_in_one("inner", "before")
        assert in_transaction()
        async with atomic():
            await mark("second inner")
        await mark("after")
    assert await marks() == {"before", "second inner", "after"}


async def write_two_levels_and_fail() -> None:
    async with atomic():
        await mark("two")
        await write_in_one("three")
        raise BoomError


async def test_three_levels_undo_only_what_failed() -> None:
    async with atomic():
        await mark("one")
        with pytest.raises(BoomError):
            await write_two_levels_and_fail()
        async with atomic():
            await mark("four")
    assert await marks() == {"one", "four"}


async def test_an_outer_error_undoes_a_good_inner_part() -> None:
    with pytest.raises(BoomError):
        await write_two_levels_and_fail()
    assert await marks() == set()


async def test_a_swallowed_failure_is_no_success() -> None:
    """PostgreSQL answers COMMIT of a failed transaction with ROLLBACK, without any error."""

    async def swallow() -> None:
        async with atomic():
            await mark("a")
            with pytest.raises(asyncpg.UniqueViolationError):
                await mark("a")

    with pytest.raises(SpoiltTransactionError):
        await swallow()
    assert await marks() == set()
    await require_whole_pool()


async def test_a_task_started_inside_does_not_share_the_connection() -> None:
    async with atomic() as mine:
        await mark("mine")

        async def look() -> tuple[bool, set[str], bool]:
            async with atomic() as other:
                return other is mine, await marks(), in_transaction()

        shared, seen, inside = await asyncio.create_task(look())
    assert not shared
    assert seen == set()
    assert inside


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


async def test_effects_wait_for_the_commit_and_die_with_a_rollback() -> None:
    done: list[str] = []

    async def fail() -> None:
        async with atomic():
            after_commit(lambda: done.append("never"))
            raise BoomError

    async with atomic():
        after_commit(lambda: done.append("outer"))
        with pytest.raises(BoomError):
            await fail()
        async with atomic():
            after_commit(lambda: done.append("inner"))
        assert done == []
    assert done == ["outer", "inner"]
    with pytest.raises(BoomError):
        await fail()
    after_commit(lambda: done.append("now"))
    assert done == ["outer", "inner", "now"]


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
