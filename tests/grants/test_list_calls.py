"""Listing calls, which everybody may."""

from datetime import timedelta
from typing import Any

from tests.api import Api, code_of
from tests.grants.scene import Scene
from tests.people import COMMUNITY, OTHER_STREET, STREET, People


async def _ids(api: Api, **params: Any) -> list[str]:
    shown = await api.get("/v1/calls", params={"limit": 100} | params)
    return [item["id"] for item in shown["items"]]


async def test_a_call_concerns_its_place_and_those_above_and_below(api: Api, scene: Scene) -> None:
    call_id = await scene.open_call()
    for place in (STREET, COMMUNITY, "340104"):
        assert call_id in await _ids(api, place=place)
    assert call_id in await _ids(api)
    assert call_id not in await _ids(api, place=OTHER_STREET)
    assert await _ids(api, place="999999") == []


async def test_the_state_follows_the_clock_and_the_award(
    api: Api, people: People, scene: Scene
) -> None:
    later = (scene.started_at + timedelta(days=1)).isoformat()
    upcoming = await scene.open_call(opens_at=later)
    awarded, first, _ = await scene.judged_call(
        closes_at=(scene.started_at + timedelta(days=5)).isoformat()
    )
    await scene.award(awarded, first)
    running = await scene.open_call(closes_at=(scene.started_at + timedelta(days=99)).isoformat())
    states = {"closed": upcoming, "awarded": awarded, "open": running}
    for state, call_id in states.items():
        assert [one for one in states.values() if one in await _ids(api, state=state)] == [call_id]
        assert (await api.get(f"/v1/calls/{call_id}"))["state"] == state


async def test_it_is_paged(api: Api, scene: Scene) -> None:
    calls = [await scene.open_call() for _ in range(3)]
    first = await api.get("/v1/calls", params={"limit": 2, "place": STREET})
    second = await api.get("/v1/calls", params={"after": first["next"], "place": STREET})
    assert [item["id"] for item in first["items"] + second["items"]] == calls


async def test_an_unknown_state_is_refused(api: Api, db: None) -> None:
    problem = await api.get("/v1/calls", params={"state": "lost"}, expect=422)
    assert code_of(problem) == "invalid-request"
