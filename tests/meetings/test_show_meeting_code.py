"""The rotating check-in code on the screen of the hall."""

from datetime import datetime, timedelta

from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.meetings import steps
from tests.people import People


async def test_the_screen_shows_a_code_a_link_and_until_when(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    shown = await api.get(f"/v1/meetings/{called.id}/check-in-code", who=people.chair)
    assert set(shown) == {"code", "link", "valid_until", "step_s"}
    assert shown["link"].endswith(f"/check-in/meetings/{called.id}?code={shown['code']}")
    assert shown["step_s"] == 10
    left = datetime.fromisoformat(shown["valid_until"]) - await steps.now()
    assert timedelta(seconds=-1) < left <= timedelta(seconds=10)


async def test_it_changes_every_ten_seconds(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    before = await steps.code(api, people, called)
    await move_clock(timedelta(seconds=10))
    assert await steps.code(api, people, called) != before


async def test_only_the_convener_sees_it(api: Api, people: People) -> None:
    path = f"/v1/meetings/{(await steps.session(api, people)).id}/check-in-code"
    await api.get(path, who=people.eve, expect=404)
    await api.get(path, who=people.representatives[0], expect=403)
    await api.get(path, who=people.social_worker, expect=403)


async def test_only_while_people_may_check_in(api: Api, people: People) -> None:
    called = await steps.call(api, people)
    path = f"/v1/meetings/{called.id}/check-in-code"
    assert code_of(await api.get(path, who=people.chair, expect=409)) == "notice-missing"
    await api.post(f"/v1/meetings/{called.id}/notice", who=people.chair)
    assert code_of(await api.get(path, who=people.chair, expect=409)) == "meeting-not-begun"
    await move_clock(timedelta(days=3, hours=3))
    await api.post(f"/v1/meetings/{called.id}/closure", who=people.chair)
    assert code_of(await api.get(path, who=people.chair, expect=409)) == "meeting-closed"
