"""Finding a place of the administrative tree."""

from typing import Any

import pytest

from backend.core.access import Permission
from backend.core.db import fetch_value
from backend.core.problems import NotFound
from backend.core.tokens import AccessToken
from backend.identity.queries import find_actor
from backend.places.actions import NewPlace, load_places
from backend.places.queries import get_place, get_place_for
from backend.places.types import PlaceKind
from backend.seeding.reference import read_places
from tests.api import Api, code_of
from tests.people import COMMUNITY, OTHER_COMMUNITY, STREET, People

PATH = "/v1/places"


async def listed(api: Api, **params: Any) -> list[dict[str, Any]]:
    return list((await api.get(PATH, params={"limit": 100, **params}))["items"])


async def test_everybody_may_look_without_signing_in(api: Api, people: People) -> None:
    mine = await api.get(f"{PATH}/{COMMUNITY}")
    assert await api.get(f"{PATH}/{COMMUNITY}", who=people.eve) == mine
    assert (mine["kind"], mine["parent"], mine["zone"]) == ("community", STREET, "Asia/Shanghai")


async def test_by_parent(api: Api) -> None:
    below = await listed(api, parent=STREET)
    assert COMMUNITY in {place["code"] for place in below}
    assert {place["parent"] for place in below} == {STREET}


async def test_by_kind(api: Api) -> None:
    found = await listed(api, kind="province")
    assert {place["kind"] for place in found} == {"province"}
    assert {place["parent"] for place in found} == {None}


async def test_by_part_of_the_name(api: Api) -> None:
    found = await listed(api, q="昆山")
    assert found
    assert all("昆山" in place["name"] for place in found)
    assert await listed(api, q="%") == []
    assert await listed(api, q="_") == []


async def test_filters_meet(api: Api) -> None:
    found = await listed(api, parent="340104", kind="street")
    assert found
    assert all((one["parent"], one["kind"]) == ("340104", "street") for one in found)
    assert await listed(api, parent="nowhere") == []


async def test_local_places_say_that_they_are_not_official(api: Api) -> None:
    assert (await api.get(f"{PATH}/{STREET}"))["official"] is False
    assert (await api.get(f"{PATH}/340104"))["official"] is True


async def test_an_unknown_place_is_not_found(api: Api) -> None:
    for code in ("nowhere", "340104-L01-C99", "9" * 300):
        assert code_of(await api.get(f"{PATH}/{code}", expect=404)) == "not-found"


@pytest.mark.parametrize(
    ("params", "field"),
    [({"kind": "village"}, "kind"), ({"q": ""}, "q"), ({"q": "x" * 41}, "q"),
     ({"parent": "x" * 25}, "parent")],
)  # fmt: skip
async def test_an_unfit_filter_is_named(api: Api, params: dict[str, str], field: str) -> None:
    assert (await api.get(PATH, params=params, expect=422))["fields"] == [field]


async def test_the_tree_is_the_seeds(api: Api, db: None) -> None:
    places = {place.code: place for place in read_places()}
    assert await fetch_value("SELECT count(*) FROM places") == len(places)
    chain, code = "", COMMUNITY
    while code:
        chain = f"{code}/{chain}"
        code = places[code].parent_code or ""
    assert (await get_place(COMMUNITY)).path == f"/{chain}"


async def test_loading_again_renames_and_adds_nothing(db: None) -> None:
    before = await fetch_value("SELECT count(*) FROM places")
    renamed = [
        NewPlace(one.code, "新名" if one.code == COMMUNITY else one.name, one.kind,
                 one.parent_code, one.official)
        for one in read_places()
    ]  # fmt: skip
    assert await load_places(renamed) == before
    assert await fetch_value("SELECT count(*) FROM places") == before
    assert (await get_place(COMMUNITY)).name == "新名"


async def test_a_child_before_its_parent_loads_nothing(db: None) -> None:
    before = await fetch_value("SELECT count(*) FROM places")
    orphan = [
        NewPlace("X1", "甲", PlaceKind.PROVINCE, None, official=False),
        NewPlace("X2", "乙", PlaceKind.CITY, "nowhere", official=False),
    ]
    with pytest.raises(KeyError, match="nowhere"):
        await load_places(orphan)
    assert await fetch_value("SELECT count(*) FROM places") == before


async def test_a_place_for_an_actor_is_one_where_she_may(api: Api, people: People) -> None:
    at = await fetch_value("SELECT linli_now() + interval '1 day'")
    chair = await find_actor(AccessToken(people.chair.session_id, at))
    assert chair is not None
    assert (await get_place_for(chair, COMMUNITY, Permission.KEEP_BODIES)).code == COMMUNITY
    for code in (OTHER_COMMUNITY, STREET, "nowhere"):
        with pytest.raises(NotFound):
            await get_place_for(chair, code, Permission.KEEP_BODIES)
    with pytest.raises(NotFound):
        await get_place_for(chair, COMMUNITY, Permission.GRANT_ROLES)
