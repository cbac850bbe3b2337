"""Listing what a place made public."""

from datetime import timedelta
from typing import Any

from backend.publications.actions import publish
from backend.publications.types import NewPublication, PublicationKind
from tests.api import Api, code_of
from tests.builders import actor_of
from tests.conftest import move_clock
from tests.people import COMMUNITY, OTHER_COMMUNITY, People

PATH = f"/v1/places/{COMMUNITY}/publications"
STALE_CURSOR = "WyJ5ZXN0ZXJkYXkiLCJub25lIl0"
"""The right shape, yet no moment and no id inside."""


async def _published(people: People, *days: int) -> list[str]:
    """Notices of so many days, one after another; their ids."""
    actor = await actor_of(people.chair)
    return [
        str(
            await publish(
                actor,
                NewPublication(
                    place_code=COMMUNITY,
                    kind=PublicationKind.NOTICE,
                    title=f"通知 {number}",
                    text="内容",
                    facts={},
                    subject_kind="meeting",
                    subject_id=str(number),
                    days=length,
                ),
            )
        )
        for number, length in enumerate(days)
    ]


def _ids(page: dict[str, Any]) -> list[str]:
    return [item["id"] for item in page["items"]]


async def test_anybody_sees_the_newest_first(api: Api, people: People) -> None:
    first, second = await _published(people, 3, 3)
    page = await api.get(PATH)
    assert _ids(page)[:2] == [second, first]
    assert set(page["items"][0]) >= {"title", "kind", "starts_at", "ends_at", "active", "sha256"}


async def test_pages_follow_one_another_without_gap_or_repeat(api: Api, people: People) -> None:
    made = await _published(people, 1, 2, 3, 4, 5)
    seen: list[str] = []
    after = None
    while True:
        page = await api.get(PATH, params={"limit": 2} | ({"after": after} if after else {}))
        assert len(page["items"]) <= 2
        seen += _ids(page)
        after = page["next"]
        if after is None:
            break
    assert seen[:5] == made[::-1]
    assert len(seen) == len(set(seen))


async def test_a_period_ends_by_the_clock_and_the_record_stays(api: Api, people: People) -> None:
    short, long = await _published(people, 3, 20)
    await move_clock(timedelta(days=3))
    assert long in _ids(await api.get(PATH, params={"active": "true"}))
    assert short not in _ids(await api.get(PATH, params={"active": "true"}))
    ended = await api.get(PATH, params={"active": "false"})
    assert short in _ids(ended)
    assert long not in _ids(ended)
    assert [item["active"] for item in ended["items"] if item["id"] == short] == [False]
    assert {short, long} <= set(_ids(await api.get(PATH)))


async def test_one_kind_alone(api: Api, people: People) -> None:
    (made,) = await _published(people, 3)
    assert made in _ids(await api.get(PATH, params={"kind": "notice"}))
    assert made not in _ids(await api.get(PATH, params={"kind": "award"}))


async def test_each_place_has_its_own(api: Api, people: People) -> None:
    (made,) = await _published(people, 3)
    theirs = await api.get(f"/v1/places/{OTHER_COMMUNITY}/publications", who=people.eve)
    assert made not in _ids(theirs)


async def test_an_unknown_place_is_not_found(api: Api) -> None:
    problem = await api.get("/v1/places/000000/publications", expect=404)
    assert code_of(problem) == "not-found"


async def test_a_cursor_that_nobody_gave_is_malformed(api: Api) -> None:
    problem = await api.get(PATH, params={"after": STALE_CURSOR}, expect=400)
    assert code_of(problem) == "malformed-request"
    invalid = await api.get(PATH, params={"kind": "gossip"}, expect=422)
    assert code_of(invalid) == "invalid-request"
