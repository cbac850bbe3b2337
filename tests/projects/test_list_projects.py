"""Listing the projects of one's place."""

from tests.api import Api, code_of
from tests.people import COMMUNITY, OTHER_COMMUNITY, STREET, People
from tests.projects.running import start

PATH = f"/v1/places/{COMMUNITY}/projects"


async def test_a_place_shows_its_projects_and_those_below(api: Api, people: People) -> None:
    here = [str(await start(people, title=f"项目{n}")) for n in range(2)]
    elsewhere = str(await start(people, place_code=OTHER_COMMUNITY))
    for path in (PATH, f"/v1/places/{STREET}/projects"):
        shown = await api.get(path, who=people.resident, params={"limit": 100})
        ids = [item["id"] for item in shown["items"]]
        assert [one for one in ids if one in here] == here
        assert elsewhere not in ids


async def test_it_is_paged(api: Api, people: People) -> None:
    here = [str(await start(people)) for _ in range(3)]
    first = await api.get(PATH, who=people.street_officer, params={"limit": 2})
    after = {"limit": 2, "after": first["next"]}
    second = await api.get(PATH, who=people.street_officer, params=after)
    assert [item["id"] for item in first["items"] + second["items"]] == here
    assert second["next"] is None


async def test_who_does_not_belong_here_finds_nothing(api: Api, people: People) -> None:
    await start(people)
    assert code_of(await api.get(PATH, who=people.eve, expect=404)) == "not-found"
    assert code_of(await api.get(PATH, expect=401)) == "not-signed-in"
    unknown = await api.get("/v1/places/999999/projects", who=people.resident, expect=404)
    assert code_of(unknown) == "not-found"


async def test_a_list_of_the_district_shows_eve_nothing_of_ours(api: Api, people: People) -> None:
    ours = str(await start(people))
    theirs = str(await start(people, place_code=OTHER_COMMUNITY))
    shown = await api.get("/v1/places/340104/projects", who=people.eve, params={"limit": 100})
    ids = {item["id"] for item in shown["items"]}
    assert ours not in ids
    assert theirs in ids
