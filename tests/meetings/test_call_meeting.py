"""The chair calls a meeting under the rule in force at the place on its day."""

import tomllib
from datetime import timedelta
from typing import Any

import pytest

from backend.polls.actions import load_voting_rules
from backend.settings import SEED_DIR
from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.meetings import steps
from tests.people import COMMUNITY, People

PATH = f"/v1/places/{COMMUNITY}/meetings"


def local_rule(**changes: Any) -> dict[str, dict[str, Any]]:
    """A rule of the community's own that stands before RC-2."""
    document = tomllib.loads((SEED_DIR / "rules/residents.toml").read_text())
    rule = {"id": "RC-2-QH", "extends": "RC-2", "jurisdiction": COMMUNITY} | changes
    return {"residents.toml": document, "local.toml": {"rule": [rule]}}


async def test_the_chair_calls_a_meeting(api: Api, people: People) -> None:
    meeting = await api.post(PATH, await steps.order(), who=people.chair)
    assert (meeting["state"], meeting["rule_id"], meeting["agenda"]) == ("draft", "RC-2", [])
    assert meeting["noticed_at"] is None
    seen = await api.get(f"/v1/meetings/{meeting['id']}", who=people.resident)
    assert seen == meeting


async def test_only_the_chair_of_the_place_calls(api: Api, people: People) -> None:
    order = await steps.order()
    await api.post(PATH, order, who=people.eve, expect=404)
    for someone in (people.resident, people.representatives[0], people.committee[1]):
        await api.post(PATH, order, who=someone, expect=403)
    await api.post(PATH, order, expect=401)


@pytest.mark.parametrize("shift", [timedelta(0), timedelta(days=-1), timedelta(days=367)])
async def test_a_meeting_is_ahead_and_within_a_year(
    api: Api, people: People, shift: timedelta
) -> None:
    order = await steps.order(starts_at=(await steps.now() + shift).isoformat())
    refused = await api.post(PATH, order, who=people.chair, expect=422)
    assert code_of(refused) == "meeting-not-ahead"


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2027-01-01T00:00:00"]
)
async def test_unheard_of_moments_are_refused(api: Api, people: People, moment: str) -> None:
    await api.post(PATH, await steps.order(starts_at=moment), who=people.chair, expect=422)


@pytest.mark.parametrize("field", ["title", "venue"])
async def test_blanks_alone_are_no_title(api: Api, people: People, field: str) -> None:
    order = await steps.order(**{field: " \u3000"})
    assert (await api.post(PATH, order, who=people.chair, expect=422))["fields"] == [field]


async def test_a_rule_of_another_body_is_refused(api: Api, people: People) -> None:
    refused = await api.post(PATH, await steps.order(rule_id="RC-1"), who=people.chair, expect=422)
    assert code_of(refused) == "rule-of-another-body"
    assert "居民会议" in refused["detail"]


async def test_a_rule_that_nobody_knows_is_refused(api: Api, people: People) -> None:
    refused = await api.post(PATH, await steps.order(rule_id="RC-9"), who=people.chair, expect=404)
    assert code_of(refused) == "no-rule-in-force"


async def test_the_old_law_is_refused_after_its_last_day(api: Api, people: People) -> None:
    order = await steps.order(rule_id="RC-old")
    refused = await api.post(PATH, order, who=people.chair, expect=422)
    assert (code_of(refused), refused["applies"]) == ("rule-not-for-here", "RC-1")


async def test_a_local_rule_stands_before_the_national_one(api: Api, people: People) -> None:
    await load_voting_rules(local_rule())
    refused = await api.post(PATH, await steps.order(), who=people.chair, expect=422)
    assert (code_of(refused), refused["applies"]) == ("rule-not-for-here", "RC-2-QH")
    await api.post(PATH, await steps.order(rule_id="RC-2-QH"), who=people.chair)


async def test_a_local_rule_begins_with_its_day(api: Api, people: People) -> None:
    begins = (await steps.now()).date() + timedelta(days=30)
    await load_voting_rules(local_rule(valid_from=begins))
    await api.post(PATH, await steps.order(), who=people.chair)
    await move_clock(timedelta(days=30))
    await api.post(PATH, await steps.order(), who=people.chair, expect=422)


async def test_it_leaves_an_audit_row(api: Api, people: People) -> None:
    meeting = await api.post(PATH, await steps.order(), who=people.chair)
    (row,) = await steps.audited("call_meeting")
    assert (row["subject_id"], row["account_id"]) == (meeting["id"], people.chair.account_id)
    assert row["facts"] == {"kind": "representative_meeting", "rule_id": "RC-2"}
