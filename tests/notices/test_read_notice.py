"""Marking a message as read: one's own, and the first time counts."""

from datetime import timedelta
from uuid import uuid4

import pytest

from backend.core.db import fetch_value
from backend.notices.actions import tell
from backend.notices.types import NewNotice
from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.people import People, Someone

MESSAGE = NewNotice("need", "need", "n-1", "标题", "Title", "内容", "Text", "test:read")


async def _told(someone: Someone) -> str:
    """The path of a fresh message to somebody."""
    await tell([someone.person_id], MESSAGE)
    found = await fetch_value(
        "SELECT id FROM notices WHERE person_id = $1 AND tag = 'test:read'", someone.person_id
    )
    return f"/v1/me/notices/{found}/read"


async def test_a_read_message_says_when(api: Api, people: People) -> None:
    path = await _told(people.resident)
    notice = await api.post(path, who=people.resident, expect=200)
    assert notice["read_at"] >= notice["created_at"]
    assert notice["title"] == "标题"


@pytest.mark.parametrize("key", [None, "same-key"])
async def test_reading_again_keeps_the_first_time(
    api: Api, people: People, key: str | None
) -> None:
    path = await _told(people.resident)
    first = await api.post(path, who=people.resident, expect=200, key=key)
    await move_clock(timedelta(hours=1))
    again = await api.post(path, who=people.resident, expect=200, key=key)
    assert again == first


async def test_eve_and_a_neighbour_cannot_read_it_for_her(api: Api, people: People) -> None:
    path = await _told(people.resident)
    for other in (people.eve, people.neighbour, people.social_worker):
        assert code_of(await api.post(path, who=other, expect=404)) == "not-found"
    unread = await fetch_value(
        "SELECT count(*) FROM notices WHERE tag = 'test:read' AND read_at IS NULL"
    )
    assert unread == 1


async def test_without_signing_in_nothing_is_marked(api: Api, people: People) -> None:
    path = await _told(people.resident)
    assert code_of(await api.post(path, expect=401)) == "not-signed-in"


async def test_an_unknown_message_is_not_found(api: Api, people: People) -> None:
    path = f"/v1/me/notices/{uuid4()}/read"
    assert code_of(await api.post(path, who=people.resident, expect=404)) == "not-found"


async def test_it_leaves_no_trace_of_who_reads_what(api: Api, people: People) -> None:
    path = await _told(people.resident)
    await api.post(path, who=people.resident, expect=200)
    assert await fetch_value("SELECT count(*) FROM audit_events WHERE subject_kind = 'notice'") == 0
