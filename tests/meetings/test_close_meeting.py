"""A meeting ends after its votes are counted."""

from datetime import timedelta

from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.meetings import steps
from tests.people import People


async def test_the_chair_closes_a_meeting(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    motion = await steps.passed(api, people, called)
    draft = await steps.put(api, people, called)
    closed = await api.post(f"/v1/meetings/{called.id}/closure", who=people.chair)
    assert closed["state"] == "closed"
    states = {m["id"]: m["state"] for m in closed["motions"]}
    assert states == {motion: "closed", draft: "withdrawn"}


async def test_a_withdrawn_motion_never_opens(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    draft = await steps.put(api, people, called)
    await api.post(f"/v1/meetings/{called.id}/closure", who=people.chair)
    path = f"/v1/motions/{draft}/opening"
    refused = await api.post(path, {"minutes": 5}, who=people.chair, expect=409)
    assert code_of(refused) == "motion-closed"


async def test_only_the_convener_closes_it(api: Api, people: People) -> None:
    path = f"/v1/meetings/{(await steps.session(api, people)).id}/closure"
    await api.post(path, who=people.eve, expect=404)
    await api.post(path, who=people.committee[1], expect=403)


async def test_an_open_or_uncounted_vote_keeps_it_open(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    motion = await steps.opened(api, people, called, minutes=5)
    path = f"/v1/meetings/{called.id}/closure"
    refused = await api.post(path, who=people.chair, expect=409)
    assert code_of(refused) == "motion-still-open"
    await move_clock(timedelta(minutes=6))
    await api.post(path, who=people.chair, expect=409)
    await api.post(f"/v1/motions/{motion}/closure", who=people.chair)
    await api.post(path, who=people.chair)


async def test_only_a_meeting_that_runs_is_closed(api: Api, people: People) -> None:
    called = await steps.call(api, people)
    path = f"/v1/meetings/{called.id}/closure"
    assert code_of(await api.post(path, who=people.chair, expect=409)) == "notice-missing"
    await api.post(f"/v1/meetings/{called.id}/notice", who=people.chair)
    refused = await api.post(path, who=people.chair, expect=409)
    assert code_of(refused) == "meeting-not-begun"
    assert "起可以签到" in refused["detail"]
    await move_clock(timedelta(days=3, hours=3))
    await api.post(path, who=people.chair)
    assert code_of(await api.post(path, who=people.chair, expect=409)) == "meeting-closed"


async def test_it_leaves_an_audit_row(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    draft = await steps.put(api, people, called)
    await api.post(f"/v1/meetings/{called.id}/closure", who=people.chair)
    (row,) = await steps.audited("close_meeting")
    assert (row["subject_id"], row["facts"]) == (called.id, {"motions": 1})
    assert [row["subject_id"] for row in await steps.audited("withdraw_motions")] == [draft]
