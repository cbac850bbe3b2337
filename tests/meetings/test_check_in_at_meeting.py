"""Checking in at a meeting with the rotating code on its screen."""

from datetime import datetime, timedelta

from backend.core.db import fetch_value
from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.meetings import steps
from tests.people import COMMUNITY, People


def _path(called: steps.Called) -> str:
    return f"/v1/meetings/{called.id}/check-ins"


async def _body(api: Api, people: People, called: steps.Called, **changes: str) -> dict[str, str]:
    return {"code": await steps.code(api, people, called), "mode": "in_person"} | changes


async def test_the_code_on_the_screen_makes_one_present(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    one = people.representatives[0]
    seen = await api.post(_path(called), await _body(api, people, called), who=one)
    assert (seen["repeated"], seen["meeting_id"]) == (False, called.id)
    assert "签到成功" in seen["words"]
    marked_at = datetime.fromisoformat(seen["marked_at"])
    assert timedelta(0) <= await steps.now() - marked_at < timedelta(seconds=5)


async def test_a_repeat_says_since_when_and_is_no_error(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    one, body = people.representatives[0], await _body(api, people, called)
    first = await api.post(_path(called), body, who=one)
    await move_clock(timedelta(minutes=5))
    stale = await api.post(_path(called), body, who=one, expect=200)
    fresh = await api.post(_path(called), await _body(api, people, called), who=one, expect=200)
    for again in (stale, fresh):
        assert (again["repeated"], again["marked_at"]) == (True, first["marked_at"])
        assert again["words"].startswith("您已于")
        assert again["words_en"].startswith("You already checked in at")
    assert await fetch_value("SELECT count(*) FROM presences") == 1


async def test_a_retry_with_the_same_key_gets_the_same_answer(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    one, body = people.representatives[0], await _body(api, people, called)
    first = await api.post(_path(called), body, who=one, key="scan-1")
    assert await api.post(_path(called), body, who=one, key="scan-1") == first


async def test_the_code_of_the_step_before_still_works(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    body = await _body(api, people, called)
    await move_clock(timedelta(seconds=10))
    await api.post(_path(called), body, who=people.representatives[0])


async def test_in_a_hybrid_meeting_one_may_be_online(api: Api, people: People) -> None:
    called = await steps.session(api, people, mode="hybrid")
    body = await _body(api, people, called, mode="online")
    await api.post(_path(called), body, who=people.representatives[0])
    assert await fetch_value("SELECT mode FROM presences") == "online"


async def test_only_those_on_the_roll_check_in(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    body = await _body(api, people, called)
    await api.post(_path(called), body, who=people.eve, expect=404)
    await api.post(_path(called), body, who=people.resident, expect=403)
    await api.post(_path(called), body, expect=401)
    newcomer = people.neighbour
    seat = {"person_id": str(newcomer.person_id), "body": "representatives"}
    where = f"/v1/places/{COMMUNITY}/body-memberships"
    await api.post(where, seat, who=people.chair)
    refused = await api.post(_path(called), body, who=newcomer, expect=403)
    assert code_of(refused) == "not-on-roll"


async def test_a_wrong_or_old_code_is_refused(api: Api, people: People) -> None:
    called, one = await steps.session(api, people), people.representatives[0]
    body = await _body(api, people, called)
    for wrong in ("x", body["code"][:-1], body["code"][::-1], "签到"):
        refused = await api.post(_path(called), body | {"code": wrong}, who=one, expect=422)
        assert code_of(refused) == "check-in-code-refused"
    await move_clock(timedelta(seconds=21))
    refused = await api.post(_path(called), body, who=one, expect=422)
    assert code_of(refused) == "check-in-code-refused"
    assert await fetch_value("SELECT count(*) FROM presences") == 0


async def test_the_code_of_another_meeting_is_refused(api: Api, people: People) -> None:
    other = await steps.notice(api, people)
    called = await steps.session(api, people)
    body = await _body(api, people, other)
    refused = await api.post(_path(called), body, who=people.chair, expect=422)
    assert code_of(refused) == "check-in-code-refused"


async def test_nobody_is_present_before_notice_before_the_hour_or_after_the_end(
    api: Api, people: People
) -> None:
    body = {"code": "x", "mode": "in_person"}
    called = await steps.call(api, people)
    refused = await api.post(_path(called), body, who=people.chair, expect=409)
    assert code_of(refused) == "notice-missing"
    await api.post(f"/v1/meetings/{called.id}/notice", who=people.chair)
    refused = await api.post(_path(called), body, who=people.chair, expect=409)
    assert code_of(refused) == "meeting-not-begun"
    await move_clock(timedelta(days=3, hours=3))
    await api.post(f"/v1/meetings/{called.id}/closure", who=people.chair)
    refused = await api.post(_path(called), body, who=people.chair, expect=409)
    assert code_of(refused) == "meeting-closed"


async def test_a_meeting_in_the_hall_takes_nobody_online(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    body = await _body(api, people, called, mode="online")
    refused = await api.post(_path(called), body, who=people.chair, expect=422)
    assert code_of(refused) == "check-in-mode-refused"
    assert "现场" in refused["detail"]


async def test_it_leaves_a_presence_and_one_audit_row(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    one = people.representatives[0]
    await steps.check_in(api, people, called, [one])
    body = await _body(api, people, called)
    await api.post(_path(called), body, who=one, expect=200)
    rows = await steps.audited("check_in_at_meeting")
    assert [row["account_id"] for row in rows] == [one.account_id]
    assert set(rows[0]["facts"]) == {"entry_id", "mode"}


async def test_the_key_is_needed(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    body = await _body(api, people, called)
    refused = await api.post(_path(called), body, who=people.chair, expect=400, key=None)
    assert code_of(refused) == "idempotency-key-missing"
