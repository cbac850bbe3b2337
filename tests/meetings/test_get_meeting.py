"""Reading meetings: one, and those of a place."""

from datetime import timedelta

from tests.api import Api
from tests.conftest import move_clock
from tests.meetings import steps
from tests.people import COMMUNITY, People


async def test_a_meeting_shows_agenda_motions_and_state(api: Api, people: People) -> None:
    called = await steps.notice(api, people)
    path = f"/v1/meetings/{called.id}"
    seen = await api.get(path, who=people.resident)
    assert (seen["state"], [item["id"] for item in seen["agenda"]]) == ("noticed", [called.item])
    await move_clock(timedelta(days=3, hours=3))
    motion = await steps.opened(api, people, called)
    seen = await api.get(path, who=people.resident)
    assert seen["state"] == "in_session"
    assert [(m["id"], m["state"], m["turnout"]) for m in seen["motions"]] == [(motion, "open", 0)]


async def test_meetings_are_listed_the_latest_start_first(api: Api, people: People) -> None:
    at = await steps.now()
    made = [
        (await steps.call(api, people, starts_at=(at + timedelta(days=day)).isoformat())).id
        for day in (9, 5, 7)
    ]
    path = f"/v1/places/{COMMUNITY}/meetings"
    first = await api.get(path, who=people.resident, params={"limit": 2})
    rest = await api.get(path, who=people.resident, params={"after": first["next"]})
    assert [m["id"] for m in first["items"] + rest["items"]] == [made[0], made[2], made[1]]


async def test_nobody_from_elsewhere_reads_them(api: Api, people: People) -> None:
    called = await steps.call(api, people)
    await api.get(f"/v1/meetings/{called.id}", who=people.eve, expect=404)
    await api.get(f"/v1/places/{COMMUNITY}/meetings", who=people.eve, expect=404)
    await api.get(f"/v1/meetings/{steps.NOBODYS}", who=people.chair, expect=404)
    await api.get(f"/v1/meetings/{called.id}", expect=401)
