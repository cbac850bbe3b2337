"""Reading a fund: what came in, what was committed, what is left."""

from tests.api import Api, code_of
from tests.grants.scene import Scene
from tests.people import People


async def test_people_of_the_place_see_the_money(api: Api, people: People, scene: Scene) -> None:
    path = f"/v1/funds/{scene.fund_id}"
    for someone in (people.resident, people.manager, people.street_officer, people.purchaser):
        fund = await api.get(path, who=someone)
        assert (fund["balance_fen"], fund["contributed_fen"]) == (8_000_000, 8_000_000)
        (entry,) = fund["entries"]["items"]
        assert (entry["number"], entry["kind"], entry["balance_fen"]) == (
            1,
            "contribution",
            8_000_000,
        )


async def test_who_gave_is_shown_to_its_keepers_only(
    api: Api, people: People, scene: Scene
) -> None:
    seen = {}
    for someone in (people.resident, scene.officer):
        fund = await api.get(f"/v1/funds/{scene.fund_id}", who=someone)
        seen[someone.person_id] = fund["entries"]["items"][0]["text"]
    assert seen == {people.resident.person_id: None, scene.officer.person_id: "梧桐商会"}


async def test_entries_come_newest_first_page_by_page(api: Api, scene: Scene) -> None:
    for n in (2, 3):
        body = {"amount_fen": n, "from": "居民", "reference": f"捐-00{n}"}
        await api.post(f"/v1/funds/{scene.fund_id}/contributions", body, who=scene.officer)
    path = f"/v1/funds/{scene.fund_id}"
    first = await api.get(path, who=scene.officer, params={"limit": 2})
    after = {"after": first["entries"]["next"]}
    second = await api.get(path, who=scene.officer, params=after)
    numbers = [e["number"] for e in first["entries"]["items"] + second["entries"]["items"]]
    assert numbers == [3, 2, 1]
    assert second["entries"]["next"] is None
    problem = await api.get(path, who=scene.officer, params={"after": "WyJ4Il0"}, expect=400)
    assert code_of(problem) == "malformed-request"


async def test_others_do_not_find_it(api: Api, people: People, scene: Scene) -> None:
    path = f"/v1/funds/{scene.fund_id}"
    assert code_of(await api.get(path, who=people.eve, expect=404)) == "not-found"
    assert code_of(await api.get(path, expect=401)) == "not-signed-in"
