"""Residents list the surveys of their place; staff see their drafts too."""

from datetime import timedelta

from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.people import COMMUNITY, People
from tests.surveys.asking import SURVEYS, drafted, opened


async def test_residents_see_open_and_closed_staff_see_drafts_too(api: Api, people: People) -> None:
    closed = await opened(api, people, days=1)
    await move_clock(timedelta(days=2))
    running, draft = await opened(api, people), await drafted(api, people)
    seen = (await api.get(SURVEYS, who=people.resident))["items"]
    assert [(one["id"], one["state"]) for one in seen] == [(running, "open"), (closed, "closed")]
    assert seen[0]["questions"] == 3
    assert seen[0]["place_code"] == COMMUNITY
    everything = (await api.get(SURVEYS, who=people.social_worker))["items"]
    assert [one["id"] for one in everything] == [draft, running, closed]


async def test_the_filter_means_what_the_items_say(api: Api, people: People) -> None:
    await opened(api, people, days=1)
    await move_clock(timedelta(days=2))
    await opened(api, people)
    await drafted(api, people)
    for state in ("draft", "open", "closed"):
        page = await api.get(SURVEYS, who=people.social_worker, params={"state": state})
        assert [one["state"] for one in page["items"]] == [state]
    hidden = await api.get(SURVEYS, who=people.resident, params={"state": "draft"})
    assert hidden["items"] == []


async def test_pages_follow_one_another_without_gap_or_repetition(api: Api, people: People) -> None:
    ids = [await drafted(api, people) for _ in range(5)]
    seen, after = [], None
    while True:
        params = {"limit": 2, **({"after": after} if after else {})}
        page = await api.get(SURVEYS, who=people.social_worker, params=params)
        seen += [one["id"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert seen == ids[::-1]


async def test_officers_above_the_community_read_along(api: Api, people: People) -> None:
    running = await opened(api, people)
    await drafted(api, people)
    seen = (await api.get(SURVEYS, who=people.street_officer))["items"]
    assert [one["id"] for one in seen] == [running]


async def test_eve_finds_nothing(api: Api, people: People) -> None:
    await opened(api, people)
    assert code_of(await api.get(SURVEYS, who=people.eve, expect=404)) == "not-found"
    await api.get(SURVEYS, expect=401)


async def test_a_forged_cursor_is_refused(api: Api, people: People) -> None:
    for after in ("x", "WyJ4Il0", "WyJhIiwiYiJd"):
        await api.get(SURVEYS, who=people.resident, params={"after": after}, expect=400)
