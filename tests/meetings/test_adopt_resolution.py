"""What passed becomes a decision: published 15 days, naming its way, told to the need's voices."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from backend.core.db import fetch_value
from tests.api import Api, code_of
from tests.meetings import steps
from tests.people import COMMUNITY, People

FUND = "0190a0b0-0000-7000-8000-00000000f00d"


async def _body(motion: str, **changes: str) -> dict[str, Any]:
    due_at = (await steps.now()) + timedelta(days=180)
    return {
        "motion_id": motion,
        "text": "使用街道专项基金开展老年人晚间照料。",
        "way_kind": "fund",
        "way_ref": FUND,
        "responsible": "清荷社区居民委员会",
        "due_at": due_at.isoformat(),
    } | changes


async def test_a_passed_motion_becomes_a_decision(api: Api, people: People) -> None:
    need = await steps.need(api, people)
    called = await steps.session(api, people, await steps.topic(api, people, need))
    motion = await steps.passed(api, people, called)
    path = f"/v1/meetings/{called.id}/resolutions"
    decided = await api.post(path, await _body(motion), who=people.chair)
    assert (decided["way_kind"], decided["way_ref"]) == ("fund", FUND)
    assert (decided["need_id"], decided["motion_id"]) == (need, motion)
    assert (decided["title"], decided["place_code"]) == ("晚间照料项目", COMMUNITY)


@pytest.mark.rule("NJ-27")
async def test_it_is_public_for_fifteen_days_with_its_figures(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    motion = await steps.passed(api, people, called)
    path = f"/v1/meetings/{called.id}/resolutions"
    decided = await api.post(path, await _body(motion), who=people.chair)
    public = await api.get(f"/v1/publications/{decided['publication_id']}")
    starts_at, ends_at = (datetime.fromisoformat(public[k]) for k in ("starts_at", "ends_at"))
    assert ends_at - starts_at >= timedelta(days=15)
    assert public["kind"] == "decision"
    assert public["subject"] == {"kind": "resolution", "id": decided["id"]}
    assert (
        "应到 37 人，实到 25 人，同意 13 人，反对 7 人，弃权 0 人，未投票 5 人，" in public["text"]
    )
    assert public["facts"]["way"] == {"kind": "fund", "ref": FUND}
    clauses = public["facts"]["result"]["clauses"]
    assert [(c["numerator"], c["denominator"], c["bound"]) for c in clauses] == [
        (25, 37, 25),
        (13, 25, 13),
    ]


async def test_only_the_convener_adopts(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    body = await _body(await steps.passed(api, people, called))
    path = f"/v1/meetings/{called.id}/resolutions"
    await api.post(path, body, who=people.eve, expect=404)
    await api.post(path, body, who=people.committee[1], expect=403)


async def test_what_was_not_counted_or_not_passed_is_no_decision(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    motion = await steps.opened(api, people, called)
    path = f"/v1/meetings/{called.id}/resolutions"
    refused = await api.post(path, await _body(motion), who=people.chair, expect=409)
    assert code_of(refused) == "motion-not-passed"
    await api.post(f"/v1/motions/{motion}/closure", who=people.chair)
    refused = await api.post(path, await _body(motion), who=people.chair, expect=409)
    assert (code_of(refused), refused["outcome"]) == ("motion-not-passed", "no_quorum")
    assert await fetch_value("SELECT count(*) FROM publications") == 0


async def test_a_motion_of_another_meeting_is_not_found(api: Api, people: People) -> None:
    other = await steps.notice(api, people)
    called = await steps.session(api, people)
    motion = await steps.passed(api, people, called)
    path = f"/v1/meetings/{other.id}/resolutions"
    await api.post(path, await _body(motion), who=people.chair, expect=404)


async def test_one_decision_a_motion(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    body = await _body(await steps.passed(api, people, called))
    path = f"/v1/meetings/{called.id}/resolutions"
    await api.post(path, body, who=people.chair)
    refused = await api.post(path, body, who=people.chair, expect=409)
    assert code_of(refused) == "resolution-already-adopted"
    assert await fetch_value("SELECT count(*) FROM publications") == 1


async def test_the_due_date_is_ahead(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    motion = await steps.passed(api, people, called)
    path = f"/v1/meetings/{called.id}/resolutions"
    for moment in ("2026-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00Z"):
        body = await _body(motion, due_at=moment)
        refused = await api.post(path, body, who=people.chair, expect=422)
        assert code_of(refused) == "due-not-ahead"


async def test_a_way_that_nobody_knows_is_refused(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    body = await _body(await steps.passed(api, people, called), way_kind="lottery")
    await api.post(f"/v1/meetings/{called.id}/resolutions", body, who=people.chair, expect=422)


async def test_the_needs_voices_are_told(api: Api, people: People) -> None:
    need = await steps.need(api, people)
    called = await steps.session(api, people, await steps.topic(api, people, need))
    motion = await steps.passed(api, people, called)
    path = f"/v1/meetings/{called.id}/resolutions"
    decided = await api.post(path, await _body(motion), who=people.chair)
    seen = await api.get(f"/v1/needs/{need}", who=people.neighbour)
    step = next(step for step in seen["steps"] if step["step"] == "decided")
    assert (step["ref_kind"], step["ref_id"]) == ("resolution", decided["id"])
    queued = await fetch_value(
        "SELECT count(*) FROM outbox_messages WHERE kind = 'tell_need_voices'"
    )
    assert queued >= 2


async def test_it_leaves_an_audit_row(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    motion = await steps.passed(api, people, called)
    path = f"/v1/meetings/{called.id}/resolutions"
    decided = await api.post(path, await _body(motion), who=people.chair)
    (row,) = await steps.audited("adopt_resolution")
    assert row["subject_id"] == decided["id"]
    assert row["facts"]["way"] == {"kind": "fund", "ref": FUND}
    assert row["facts"]["days"] == 15
