"""The outbox: once in the database, at least once outside, never lost."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from backend.core.db import atomic, fetch, fetch_one, fetch_value
from backend.core.outbox import MAX_ATTEMPTS, deliver_due, deliver_one, enqueue

KIND = "try"


class HandlerError(Exception):
    pass


async def make_due() -> None:
    await fetch("UPDATE outbox_messages SET due_at = clock_timestamp()")


async def message() -> Any:
    return await fetch_one("SELECT * FROM outbox_messages WHERE kind = $1", KIND)


async def test_the_same_tag_is_queued_once(db: None) -> None:
    await enqueue(KIND, {"n": 1}, "tag")
    await enqueue(KIND, {"n": 2}, "tag")
    assert (await message())["payload"] == {"n": 1}
    assert await fetch_value("SELECT count(*) FROM outbox_messages WHERE kind = $1", KIND) == 1


async def test_a_rolled_back_change_queues_nothing(db: None) -> None:
    async def change() -> None:
        async with atomic():
            await enqueue(KIND, {}, "tag")
            raise HandlerError

    with pytest.raises(HandlerError):
        await change()
    assert await message() is None


async def test_a_message_is_handled_once_in_order_of_time(db: None) -> None:
    seen: list[int] = []

    async def handle(payload: dict[str, Any]) -> None:
        seen.append(payload["n"])

    for number in range(5):
        await enqueue(KIND, {"n": number}, f"tag {number}")
    assert await deliver_due({KIND: handle}) == 5
    assert await deliver_due({KIND: handle}) == 0
    assert seen == [0, 1, 2, 3, 4]


async def test_what_nobody_handles_here_is_left_alone(db: None) -> None:
    async def handle(payload: dict[str, Any]) -> None: ...

    await enqueue("unknown kind", {}, "tag")
    assert await deliver_one({KIND: handle}) is False


async def test_a_failure_undoes_the_handler_and_retries_later(db: None) -> None:
    tries = 0

    async def handle(payload: dict[str, Any]) -> None:
        nonlocal tries
        tries += 1
        await enqueue("effect", {}, f"effect {tries}")
        if tries == 1:
            raise HandlerError

    await enqueue(KIND, {}, "tag")
    assert await deliver_one({KIND: handle})
    row = await message()
    assert (row["attempts"], row["last_error"], row["done_at"]) == (1, "HandlerError", None)
    wait_s = await fetch_value(
        "SELECT extract(epoch FROM due_at - clock_timestamp()) FROM outbox_messages"
        " WHERE kind = $1",
        KIND,
    )
    assert 1 < wait_s <= 2
    assert await deliver_one({KIND: handle}) is False
    await make_due()
    assert await deliver_one({KIND: handle})
    assert (await message())["done_at"] is not None
    effects = await fetch("SELECT tag FROM outbox_messages WHERE kind = 'effect'")
    assert [row["tag"] for row in effects] == ["effect 2"]


async def test_a_statement_that_fails_in_a_handler_is_a_failure_too(db: None) -> None:
    async def handle(payload: dict[str, Any]) -> None:
        await fetch("SELECT 1/0")

    await enqueue(KIND, {}, "tag")
    assert await deliver_one({KIND: handle})
    assert (await message())["last_error"] == "DivisionByZeroError"


async def test_the_twelfth_failure_sets_it_aside(db: None) -> None:
    async def handle(payload: dict[str, Any]) -> None:
        raise HandlerError

    await enqueue(KIND, {}, "tag")
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert (await message())["failed_at"] is None
        await make_due()
        assert await deliver_one({KIND: handle}), attempt
    assert MAX_ATTEMPTS == 12
    assert (await message())["failed_at"] is not None
    await make_due()
    assert await deliver_one({KIND: handle}) is False


async def test_the_wait_never_exceeds_an_hour(db: None) -> None:
    async def handle(payload: dict[str, Any]) -> None:
        raise HandlerError

    await enqueue(KIND, {}, "tag")
    await fetch("UPDATE outbox_messages SET attempts = 40 WHERE kind = $1", KIND)
    await deliver_one({KIND: handle})
    row = await fetch_one("SELECT due_at < clock_timestamp() + interval '3601 s' FROM"
                          " outbox_messages WHERE kind = $1", KIND)  # fmt: skip
    assert row[0]


async def test_two_deliverers_never_deliver_twice(committed: str) -> None:
    seen: Counter[int] = Counter()

    async def handle(payload: dict[str, Any]) -> None:
        await fetch_value("SELECT pg_sleep(0.002)")
        seen[payload["n"]] += 1

    async with atomic():
        for number in range(60):
            await enqueue(KIND, {"n": number}, f"tag {number}")
    taken = await asyncio.gather(*(deliver_due({KIND: handle}) for _ in range(4)))
    assert seen == Counter(range(60))
    assert sum(taken) == 60
    assert sum(1 for one in taken if one) > 1


async def test_a_killed_deliverer_loses_nothing(committed: str) -> None:
    started, seen = asyncio.Event(), 0

    async def hang(payload: dict[str, Any]) -> None:
        started.set()
        await asyncio.sleep(60)

    async def handle(payload: dict[str, Any]) -> None:
        nonlocal seen
        seen += 1

    await enqueue(KIND, {}, "tag")
    task = asyncio.create_task(deliver_one({KIND: hang}))
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await deliver_one({KIND: handle})
    assert seen == 1
