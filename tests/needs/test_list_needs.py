"""Listing the needs of a place: for its residents and staff, without the private part."""

import json
from typing import Any

from backend.needs.actions import mark_answered
from backend.needs.types import NeedState
from tests.api import Api, code_of
from tests.builders import actor_of
from tests.needs.heard import DETAIL, PATH, hear
from tests.people import OTHER_COMMUNITY, People


def _titles(page: dict[str, Any]) -> list[str]:
    return [item["title"] for item in page["items"]]


async def test_residents_and_staff_see_the_newest_first(api: Api, people: People) -> None:
    for title in ("一", "二", "三"):
        await hear(api, people, title=title)
    for reader in (people.resident, people.chair, people.social_worker, people.street_officer):
        assert _titles(await api.get(PATH, who=reader))[:3] == ["三", "二", "一"]


async def test_pages_follow_one_another_without_gap_or_repeat(api: Api, people: People) -> None:
    for title in ("一", "二", "三", "四", "五"):
        await hear(api, people, title=title)
    seen: list[str] = []
    after = None
    while True:
        asked = {"limit": 2} | ({"after": after} if after else {})
        page = await api.get(PATH, who=people.resident, params=asked)
        seen += [item["id"] for item in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) >= 5


async def test_a_category_or_a_state_alone(api: Api, people: People) -> None:
    answered = await hear(api, people, title="有答复的")
    await hear(api, people, title="停车", category="parking_security")
    await mark_answered(await actor_of(people.social_worker), answered["id"], "project", "p-1")
    parking = await api.get(PATH, who=people.resident, params={"category": "parking_security"})
    assert "停车" in _titles(parking)
    assert "有答复的" not in _titles(parking)
    done = await api.get(PATH, who=people.resident, params={"state": NeedState.ANSWERED})
    assert "有答复的" in _titles(done)
    assert "停车" not in _titles(done)
    line = next(item for item in done["items"] if item["title"] == "有答复的")
    assert (line["state"], line["step_count"]) == ("answered", 1)


async def test_the_private_part_is_in_no_list(api: Api, people: People) -> None:
    await hear(api, people, people.resident)
    for reader in (people.neighbour, people.social_worker):
        shown = json.dumps(await api.get(PATH, who=reader), ensure_ascii=False)
        for secret in (DETAIL, "elderly_alone", "走访", str(people.resident.person_id)):
            assert secret not in shown


async def test_categories_are_named_in_the_readers_language(api: Api, people: People) -> None:
    await hear(api, people)
    page = await api.get(PATH, who=people.resident, headers={"Accept-Language": "en"})
    assert page["items"][0]["category_name"] == "elderly"


async def test_eve_finds_nothing_here_and_nobody_there(api: Api, people: People) -> None:
    await hear(api, people)
    assert code_of(await api.get(PATH, who=people.eve, expect=404)) == "not-found"
    theirs = f"/v1/places/{OTHER_COMMUNITY}/needs"
    assert code_of(await api.get(theirs, who=people.resident, expect=404)) == "not-found"
    assert code_of(await api.get(PATH, expect=401)) == "not-signed-in"


async def test_an_unknown_place_or_filter_is_refused(api: Api, people: People) -> None:
    missing = await api.get("/v1/places/000000/needs", who=people.resident, expect=404)
    assert code_of(missing) == "not-found"
    odd = await api.get(PATH, who=people.resident, params={"state": "lost"}, expect=422)
    assert code_of(odd) == "invalid-request"
    stale = await api.get(PATH, who=people.resident, params={"after": "x"}, expect=400)
    assert code_of(stale) == "malformed-request"
