"""Piccolo's own `transaction()` leaks: why the house has `atomic()`.

These tests assert the faults of Piccolo 1.38. When one fails after an upgrade, Piccolo has mended
that fault: say so in `backend/core/db/transaction.py` and `stack` notes, keep `atomic()` until all
three are gone, then consider giving it up.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from backend.core.db import ENGINE
from tests.core.tables import make_commits_linger, make_marks, mark, marks


class Leaky:
    """Piccolo transactions opened by a test, given back after it by hand."""

    def __init__(self) -> None:
        self.opened: list[Any] = []

    async def write(self, name: str, partner: str | None = None) -> None:
        transaction = ENGINE.transaction()
        self.opened.append(transaction)
        async with transaction:
            await transaction.connection.execute("INSERT INTO marks VALUES ($1, $2)", name, partner)

    async def give_back(self) -> None:
        for transaction in self.opened:
            if ENGINE.pool.get_idle_size() < ENGINE.pool.get_size():
                transaction.connection.terminate()
                await ENGINE.pool.release(transaction.connection)


@pytest_asyncio.fixture(loop_scope="session")
async def leaky(committed: str) -> AsyncIterator[Leaky]:
    await make_marks()
    found = Leaky()
    yield found
    await found.give_back()


def leaked() -> int:
    return int(ENGINE.pool.get_size() - ENGINE.pool.get_idle_size())


async def test_piccolo_leaks_its_connection_when_the_task_is_cancelled(leaky: Leaky) -> None:
    await make_commits_linger()
    task = asyncio.create_task(leaky.write("a"))
    await asyncio.sleep(0.15)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.sleep(0.5)
    assert leaked() == 1


async def test_piccolo_leaks_its_connection_when_commit_fails(leaky: Leaky) -> None:
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await asyncio.create_task(leaky.write("a", partner="nobody"))
    assert leaked() == 1


async def test_a_nested_piccolo_transaction_is_a_silent_no_op(leaky: Leaky) -> None:
    """The inner error is caught, yet what the inner part wrote is kept."""

    async def fail_inside() -> None:
        async with ENGINE.transaction() as inner:
            await inner.connection.execute("INSERT INTO marks VALUES ('inner')")
            raise ValueError

    async def write_nested() -> None:
        async with ENGINE.transaction():
            with pytest.raises(ValueError):  # noqa: PT011
                await fail_inside()

    await asyncio.create_task(write_nested())
    assert await marks() == {"inner"}
    await mark("still usable")
    assert leaked() == 0
