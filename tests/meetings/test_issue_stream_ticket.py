"""A ticket opens one live stream of one's own place for a minute."""

from datetime import datetime, timedelta

import pytest

from tests.api import Api
from tests.meetings import steps
from tests.people import People

PATH = "/v1/stream-tickets"


async def test_who_belongs_there_gets_a_ticket_for_a_minute(api: Api, people: People) -> None:
    topic = f"meeting:{(await steps.call(api, people)).id}"
    given = await api.post(PATH, {"topic": topic}, who=people.resident)
    assert given["topic"] == topic
    left = datetime.fromisoformat(given["expires_at"]) - await steps.now()
    assert timedelta(seconds=55) < left <= timedelta(seconds=60)


async def test_nobody_from_elsewhere_gets_one(api: Api, people: People) -> None:
    topic = f"meeting:{(await steps.call(api, people)).id}"
    await api.post(PATH, {"topic": topic}, who=people.eve, expect=404)
    await api.post(PATH, {"topic": topic}, expect=401)


@pytest.mark.parametrize("topic", ["meeting:x", "meeting", f"shift:{steps.NOBODYS}", "会议"])
async def test_what_is_no_topic_is_not_found(api: Api, people: People, topic: str) -> None:
    await api.post(PATH, {"topic": topic}, who=people.chair, expect=404)
    await api.post(PATH, {"topic": f"meeting:{steps.NOBODYS}"}, who=people.chair, expect=404)
