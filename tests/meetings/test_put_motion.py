"""A motion is put on an item of the agenda, as a draft under the meeting's rule."""

from typing import Any

import pytest

from backend.core.db import fetch_value
from backend.polls.actions import load_voting_rules
from tests.api import Api, code_of
from tests.meetings import steps
from tests.meetings.test_call_meeting import local_rule
from tests.people import People


def _body(called: steps.Called, **changes: str) -> dict[str, str]:
    body = {"agenda_item_id": called.item, "title": "晚间照料项目", "question": steps.QUESTION}
    return body | changes


async def test_the_chair_puts_a_motion(api: Api, people: People) -> None:
    called = await steps.notice(api, people)
    motion = await api.post(f"/v1/meetings/{called.id}/motions", _body(called), who=people.chair)
    assert (motion["state"], motion["turnout"], motion["outcome"]) == ("draft", 0, None)
    assert (motion["rule_id"], motion["rule_version"]) == ("RC-2", 1)
    assert (motion["mode"], motion["secrecy"]) == ("members", "s0")
    assert motion["live_topic"] == f"meeting:{called.id}"
    assert (motion["opens_at"], motion["manifest_sha256"]) == (None, None)


async def test_only_the_convener_puts_one(api: Api, people: People) -> None:
    called = await steps.notice(api, people)
    path = f"/v1/meetings/{called.id}/motions"
    await api.post(path, _body(called), who=people.eve, expect=404)
    await api.post(path, _body(called), who=people.representatives[0], expect=403)


async def test_only_what_is_on_this_agenda_is_put(api: Api, people: People) -> None:
    called, other = await steps.notice(api, people), await steps.notice(api, people)
    body = _body(called, agenda_item_id=other.item)
    await api.post(f"/v1/meetings/{called.id}/motions", body, who=people.chair, expect=404)


async def test_not_before_the_notice_nor_after_the_end(api: Api, people: People) -> None:
    called = await steps.call(api, people)
    path = f"/v1/meetings/{called.id}/motions"
    refused = await api.post(path, _body(called), who=people.chair, expect=409)
    assert code_of(refused) == "notice-missing"
    over = await steps.session(api, people)
    await api.post(f"/v1/meetings/{over.id}/closure", who=people.chair)
    path = f"/v1/meetings/{over.id}/motions"
    refused = await api.post(path, _body(over), who=people.chair, expect=409)
    assert code_of(refused) == "meeting-closed"


@pytest.mark.parametrize(
    ("changes", "code", "status"),
    [
        ({"pass": []}, "opinion-only", 409),
        ({"secret": ["s1"]}, "secrecy-not-offered", 422),
        ({"preconditions": ["party_study"]}, "preconditions-unmet", 409),
        ({"electorate": ["representatives"]}, "mode-not-offered", 422),
    ],
)
async def test_what_a_local_rule_wants_is_refused_where_it_is_missing(
    api: Api, people: People, changes: dict[str, Any], code: str, status: int
) -> None:
    await load_voting_rules(local_rule(**changes))
    called = await steps.notice(api, people, rule_id="RC-2-QH")
    path = f"/v1/meetings/{called.id}/motions"
    refused = await api.post(path, _body(called), who=people.chair, expect=status)
    assert code_of(refused) == code
    assert not [word for word in ("members", "s0", "party_study") if word in refused["detail"]]


async def test_it_leaves_a_draft_and_an_audit_row(api: Api, people: People) -> None:
    called = await steps.notice(api, people)
    motion = await steps.put(api, people, called)
    assert await fetch_value("SELECT count(*) FROM meeting_motions") == 1
    (row,) = await steps.audited("put_motion")
    assert (row["subject_id"], row["facts"]) == (motion, {"meeting_id": called.id})
