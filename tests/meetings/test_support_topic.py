"""Residents support a topic; they are counted, never listed."""

from backend.core.db import fetch_value
from tests.api import Api, code_of
from tests.meetings import steps
from tests.people import People


async def test_residents_support_a_topic_once_each(api: Api, people: People) -> None:
    path = f"/v1/topics/{await steps.topic(api, people)}/supports"
    for number, someone in enumerate(people.residents[:3], 1):
        topic = await api.post(path, who=someone)
        assert (topic["supporters"], topic["supported_by_me"]) == (number, True)


async def test_only_people_of_the_place_support(api: Api, people: People) -> None:
    path = f"/v1/topics/{await steps.topic(api, people)}/supports"
    await api.post(path, who=people.eve, expect=404)
    await api.post(path, who=people.administrator, expect=403)
    await api.post(f"/v1/topics/{steps.NOBODYS}/supports", who=people.resident, expect=404)


async def test_twice_is_refused_and_a_retry_is_not(api: Api, people: People) -> None:
    path = f"/v1/topics/{await steps.topic(api, people)}/supports"
    first = await api.post(path, who=people.neighbour, key="tap")
    assert await api.post(path, who=people.neighbour, key="tap") == first
    refused = await api.post(path, who=people.neighbour, expect=409)
    assert code_of(refused) == "topic-already-supported"
    assert refused["detail"] == "您已支持过这个议题。"


async def test_it_leaves_one_row_and_an_audit_row(api: Api, people: People) -> None:
    topic = await steps.topic(api, people)
    await api.post(f"/v1/topics/{topic}/supports", who=people.neighbour)
    await api.post(f"/v1/topics/{topic}/supports", who=people.neighbour, expect=409)
    assert await fetch_value("SELECT count(*) FROM topic_supports") == 1
    assert [row["subject_id"] for row in await steps.audited("support_topic")] == [topic]
