"""The register of households, for those who keep it."""

from typing import Any

import pytest

from backend.community import queries
from backend.core.db import fetch, fetch_value
from backend.places.queries import get_place
from tests.api import Api, code_of
from tests.people import COMMUNITY, OTHER_COMMUNITY, People

PATH = f"/v1/places/{COMMUNITY}/households"


async def walk(api: Api, limit: int, **options: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after: dict[str, Any] = {}
    while True:
        page = await api.get(PATH, params={"limit": limit} | after, **options)
        found += page["items"]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


async def test_a_household_shows_where_it_lives_and_who_speaks_for_it(
    api: Api, people: People
) -> None:
    first = (await api.get(PATH, who=people.social_worker))["items"][0]
    assert set(first) == {
        "id", "number", "building", "entrance", "room", "residents", "representative",
    }  # fmt: skip
    assert first["residents"] >= 1
    assert first["representative"]


async def test_pages_are_the_whole_register(api: Api, people: People) -> None:
    found = await walk(api, 17, who=people.social_worker)
    numbers = [household["number"] for household in found]
    assert numbers == sorted(set(numbers))
    path = (await get_place(COMMUNITY)).path
    assert len(found) == await queries.count_households(path)
    living = await fetch_value(
        "SELECT count(*) FROM residencies WHERE place_code = $1 AND to_on IS NULL", COMMUNITY
    )
    assert sum(household["residents"] for household in found) == living


async def test_who_has_moved_away_is_not_counted(api: Api, people: People) -> None:
    first = (await api.get(PATH, who=people.social_worker))["items"][0]
    await fetch(
        "UPDATE residencies SET to_on = linli_now()::date WHERE household_id = $1", first["id"]
    )
    again = (await api.get(PATH, who=people.social_worker))["items"][0]
    assert (again["id"], again["residents"]) == (first["id"], 0)


async def test_keepers_of_the_register_and_nobody_else(api: Api, people: People) -> None:
    for who in (people.chair, people.party_worker, people.street_officer, people.purchaser):
        await api.get(PATH, who=who)
    for who in (people.resident, people.volunteer, people.manager, people.administrator):
        assert code_of(await api.get(PATH, who=who, expect=403)) == "not-permitted"
    await api.get(PATH, expect=401)


async def test_eve_finds_her_own_community_only(api: Api, people: People) -> None:
    assert code_of(await api.get(PATH, who=people.eve, expect=404)) == "not-found"
    other = f"/v1/places/{OTHER_COMMUNITY}/households"
    assert (await api.get(other, who=people.eve))["items"]
    await api.get(other, who=people.social_worker, expect=404)


@pytest.mark.parametrize("code", ["nowhere", "340104-L01-C99"])
async def test_an_unknown_place_is_not_found(api: Api, people: People, code: str) -> None:
    await api.get(f"/v1/places/{code}/households", who=people.social_worker, expect=404)


async def test_permanent_residents_are_counted_once_a_person(db: None, people: People) -> None:
    path = (await get_place(COMMUNITY)).path
    before = await queries.count_permanent_residents(path)
    assert 0 < before <= len(await queries.list_residents(COMMUNITY))
    await fetch(
        "UPDATE residencies SET permanent = false WHERE person_id = $1", people.resident.person_id
    )
    assert await queries.count_permanent_residents(path) == before - 1
    street = await queries.count_permanent_residents((await get_place("340104-L01")).path)
    assert street == before - 1
    assert await queries.count_permanent_residents((await get_place("340104")).path) > street


async def test_a_resident_is_one_whose_residency_is_confirmed(db: None, people: People) -> None:
    person = people.resident.person_id
    assert await queries.is_resident(person, COMMUNITY)
    assert not await queries.is_resident(person, OTHER_COMMUNITY)
    assert not await queries.is_resident(people.eve.person_id, COMMUNITY)
    await fetch("UPDATE residencies SET confirmed_at = NULL WHERE person_id = $1", person)
    assert not await queries.is_resident(person, COMMUNITY)
    assert person not in await queries.list_residents(COMMUNITY)
