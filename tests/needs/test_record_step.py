"""Writing down what became of a need: once, in order, and told through the outbox."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from backend.core.db import atomic, fetch, fetch_one, fetch_value
from backend.core.problems import NotFound
from backend.needs.actions import mark_answered, record_step
from backend.needs.queries import get_need
from backend.needs.rules import NeedDeclined, NeedNotAnswered
from backend.needs.types import NeedState, NewStep, Step
from tests.api import Api
from tests.builders import actor_of
from tests.needs.heard import hear
from tests.people import COMMUNITY, People


def _step(step: Step, ref_id: str = "r-1") -> NewStep:
    return NewStep(step, "thing", ref_id, "有了进展", "There is progress")


async def _heard(api: Api, people: People) -> UUID:
    return UUID((await hear(api, people, people.resident))["id"])


async def _count(table: str, need_id: UUID) -> int:
    where = "payload->>'need_id' = $1" if table == "outbox_messages" else "need_id = $1::text::uuid"
    found: int = await fetch_value(f"SELECT count(*) FROM {table} WHERE {where}", str(need_id))
    return found


async def test_a_step_is_written_and_its_telling_queued(api: Api, people: People) -> None:
    need_id = await _heard(api, people)
    await record_step(await actor_of(people.chair), need_id, _step(Step.TOPIC_PROPOSED))
    row: Any = await fetch_one("SELECT * FROM need_steps WHERE need_id = $1", need_id)
    assert (row["step"], row["by"]) == ("topic_proposed", people.chair.account_id)
    queued: Any = await fetch_one(
        "SELECT kind, payload FROM outbox_messages WHERE payload->>'need_id' = $1", str(need_id)
    )
    assert queued["kind"] == "tell_need_voices"
    assert queued["payload"] == {"need_id": str(need_id), "step_id": str(row["id"])}


async def test_the_same_step_again_changes_nothing(api: Api, people: People) -> None:
    need_id = await _heard(api, people)
    for _ in range(2):
        await record_step(None, need_id, _step(Step.DECIDED))
    assert await _count("need_steps", need_id) == await _count("outbox_messages", need_id) == 1
    await record_step(None, need_id, _step(Step.DECIDED, "r-2"))
    assert await _count("need_steps", need_id) == 2


async def test_an_answer_and_a_delivery_move_the_need(api: Api, people: People) -> None:
    need_id = await _heard(api, people)
    states = []
    await mark_answered(await actor_of(people.street_officer), need_id, "project", "p-1")
    states.append((await get_need(need_id)).state)
    await mark_answered(None, need_id, "project", "p-2")
    await record_step(None, need_id, _step(Step.DELIVERED))
    states.append((await get_need(need_id)).state)
    await mark_answered(None, need_id, "project", "p-3")
    states.append((await get_need(need_id)).state)
    assert states == [NeedState.ANSWERED, NeedState.DELIVERED, NeedState.DELIVERED]


async def test_delivery_before_an_answer_is_refused_and_leaves_nothing(
    api: Api, people: People
) -> None:
    need_id = await _heard(api, people)
    with pytest.raises(NeedNotAnswered):
        await record_step(None, need_id, _step(Step.DELIVERED))
    assert await _count("need_steps", need_id) == await _count("outbox_messages", need_id) == 0
    assert (await get_need(need_id)).state is NeedState.RAISED


async def test_a_declined_need_takes_no_step(api: Api, people: People) -> None:
    need_id = await _heard(api, people)
    await fetch("UPDATE needs SET state = 'declined' WHERE id = $1", need_id)
    with pytest.raises(NeedDeclined):
        await record_step(None, need_id, _step(Step.AWARDED))


@pytest.mark.usefixtures("db")
async def test_an_unknown_need_is_not_found() -> None:
    with pytest.raises(NotFound):
        await record_step(None, uuid4(), _step(Step.DECIDED))
    with pytest.raises(NotFound):
        await mark_answered(None, uuid4(), "project", "p-1")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE need_steps SET text_zh = '改' WHERE need_id = $1",
        "DELETE FROM need_steps WHERE need_id = $1",
    ],
)
async def test_nobody_rewrites_what_happened(api: Api, people: People, statement: str) -> None:
    need_id = await _heard(api, people)
    await record_step(None, need_id, _step(Step.DECIDED))
    with pytest.raises(asyncpg.RestrictViolationError):
        async with atomic():
            await fetch(statement, need_id)


async def test_it_leaves_an_audit_row_without_words(api: Api, people: People) -> None:
    need_id = await _heard(api, people)
    await mark_answered(await actor_of(people.street_officer), need_id, "project", "p-1")
    row: Any = await fetch_one(
        "SELECT account_id, place_code, facts FROM audit_events"
        " WHERE event = 'record_step' AND subject_id = $1",
        str(need_id),
    )
    assert (row["account_id"], row["place_code"]) == (people.street_officer.account_id, COMMUNITY)
    assert row["facts"] == {"step": "answered", "ref": "project:p-1", "state": "answered"}


async def test_ten_who_record_it_at_once_record_it_once(
    committed_api: Api, committed_people: People
) -> None:
    need_id = await _heard(committed_api, committed_people)
    steps = [_step(Step.ANSWERED), _step(Step.AWARDED)] * 5
    await asyncio.gather(*(record_step(None, need_id, step) for step in steps))
    assert await _count("need_steps", need_id) == await _count("outbox_messages", need_id) == 2
    assert (await get_need(need_id)).state is NeedState.ANSWERED
