"""Reading what became of each need."""

from backend.seeding.people import DISTRICT
from tests.api import Api, code_of
from tests.needs.heard import hear
from tests.people import COMMUNITY, People

PATH = f"/v1/places/{COMMUNITY}/loops"


async def test_every_need_stands_there_with_its_steps(api: Api, people: People) -> None:
    need = await hear(api, people)
    topic = {"title": "晚间照护怎么办", "text": "请大家商量。", "need_id": need["id"]}
    await api.post(f"/v1/places/{COMMUNITY}/topics", topic, who=people.resident)
    page = await api.get(PATH, who=people.social_worker)
    (loop,) = page["items"]
    assert loop["need_id"] == need["id"]
    assert [step["step"] for step in loop["steps"]] == ["topic_proposed"]
    assert (loop["volunteer_minutes"], loop["people_reached"], loop["closed"]) == (0, 0, False)


async def test_pages_follow_one_another_without_loss(api: Api, people: People) -> None:
    raised = {(await hear(api, people, title=f"需求 {number}"))["id"] for number in range(5)}
    found, after = [], ""
    while True:
        page = await api.get(f"{PATH}?limit=2{after}", who=people.resident)
        found += [loop["need_id"] for loop in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert len(found) == 5
    assert set(found) == raised


async def test_eve_finds_nothing(api: Api, people: People) -> None:
    assert code_of(await api.get(PATH, who=people.eve, expect=404)) == "not-found"


async def test_the_district_is_for_those_who_may_read_all_of_it(api: Api, people: People) -> None:
    need = await hear(api, people)
    district = f"/v1/places/{DISTRICT}/loops"
    for outsider in (people.eve, people.resident):
        assert code_of(await api.get(district, who=outsider, expect=404)) == "not-found"
    (loop,) = (await api.get(district, who=people.purchaser))["items"]
    assert loop["need_id"] == need["id"]


async def test_a_foreign_cursor_is_refused(api: Api, people: People) -> None:
    problem = await api.get(f"{PATH}?after=WyJhIiwiYiJd", who=people.resident, expect=400)
    assert code_of(problem) == "malformed-request"
