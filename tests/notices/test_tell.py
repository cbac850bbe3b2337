"""Telling people: once for each event, however often it is delivered."""

from dataclasses import replace
from uuid import UUID

from backend.core.db import fetch, fetch_value
from backend.notices.actions import tell
from backend.notices.types import NewNotice
from tests.people import People

MESSAGE = NewNotice(
    topic="meeting",
    subject_kind="meeting",
    subject_id="m-1",
    title_zh="会议通知",
    title_en="A meeting is called",
    text_zh="请您于周六上午九点到会。",
    text_en="Please come on Saturday at nine.",
    tag="meeting:m-1:notice",
)


async def _inbox(person_id: UUID) -> list[str]:
    rows = await fetch(
        "SELECT tag FROM notices WHERE person_id = $1 AND tag LIKE 'meeting:m-%' ORDER BY tag",
        person_id,
    )
    return [row["tag"] for row in rows]


async def test_each_person_gets_the_message(people: People) -> None:
    told = [people.resident.person_id, people.neighbour.person_id]
    assert await tell(told, MESSAGE) == 2
    assert await _inbox(people.resident.person_id) == [MESSAGE.tag]
    assert await _inbox(people.volunteer.person_id) == []


async def test_a_second_delivery_adds_nothing(people: People) -> None:
    told = [people.resident.person_id, people.neighbour.person_id]
    await tell(told[:1], MESSAGE)
    assert await tell(told, MESSAGE) == 1
    assert await tell(told, replace(MESSAGE, text_zh="改过的内容")) == 0
    assert await fetch_value("SELECT count(*) FROM notices WHERE tag = $1", MESSAGE.tag) == 2


async def test_who_is_named_twice_is_told_once(people: People) -> None:
    assert await tell([people.resident.person_id] * 3, MESSAGE) == 1


async def test_another_event_is_another_message(people: People) -> None:
    await tell([people.resident.person_id], MESSAGE)
    await tell([people.resident.person_id], replace(MESSAGE, tag="meeting:m-1:moved"))
    assert len(await _inbox(people.resident.person_id)) == 2


async def test_telling_nobody_is_harmless(people: People) -> None:
    assert await tell([], MESSAGE) == 0
