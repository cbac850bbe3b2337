"""Reading topics: one, and those of a place."""

from tests.api import Api
from tests.meetings import steps
from tests.people import COMMUNITY, People


async def test_a_topic_shows_a_number_and_no_names(api: Api, people: People) -> None:
    topic = await steps.topic(api, people)
    await api.post(f"/v1/topics/{topic}/supports", who=people.neighbour)
    seen = await api.get(f"/v1/topics/{topic}", who=people.chair)
    assert (seen["supporters"], seen["supported_by_me"]) == (1, False)
    assert set(seen) == {
        "id", "place_code", "need_id", "category", "title", "text", "proposed_at", "supporters",
        "supported_by_me",
    }  # fmt: skip


async def test_topics_are_listed_newest_first_in_pages(api: Api, people: People) -> None:
    made = [await steps.topic(api, people) for _ in range(3)]
    path = f"/v1/places/{COMMUNITY}/topics"
    first = await api.get(path, who=people.resident, params={"limit": 2})
    rest = await api.get(path, who=people.resident, params={"limit": 2, "after": first["next"]})
    assert [t["id"] for t in first["items"] + rest["items"]] == made[::-1]
    assert rest["next"] is None


async def test_nobody_from_elsewhere_reads_them(api: Api, people: People) -> None:
    topic = await steps.topic(api, people)
    await api.get(f"/v1/topics/{topic}", who=people.eve, expect=404)
    await api.get(f"/v1/places/{COMMUNITY}/topics", who=people.eve, expect=404)
    await api.get(f"/v1/topics/{steps.NOBODYS}", who=people.resident, expect=404)
    await api.get(f"/v1/topics/{topic}", expect=401)


async def test_an_unreadable_cursor_is_refused(api: Api, people: People) -> None:
    path = f"/v1/places/{COMMUNITY}/topics"
    await api.get(path, who=people.resident, params={"after": "x"}, expect=400)
