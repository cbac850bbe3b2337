"""`atomic()`: one transaction, savepoints when nested, a clean context after it."""

import asyncio

import asyncpg
import pytest
import pytest_asyncio

from backend.core.db import (
    SpoiltTransactionError,
    after_commit,
    atomic,
    in_transaction,
)
from tests.core.tables import (
    make_marks,
    mark,
    marks,
    require_whole_pool,
)


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
