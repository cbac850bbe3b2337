"""The award: money committed, published, project started, need answered; or nothing at all."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from backend.core.db import fetch, fetch_one, fetch_value
from backend.needs.actions import record_step
from backend.needs.types import NewStep, Step
from tests.api import Api, code_of
from tests.builders import actor_of
from tests.grants.scene import Scene
from tests.people import COMMUNITY, People


@pytest.mark.rule("SS-03")
async def test_the_first_is_awarded_and_its_project_starts(
    api: Api, people: People, scene: Scene
) -> None:
    call_id, first, _ = await scene.judged_call()
    award = await scene.award(call_id, first)
    assert (award["amount_fen"], award["rank"], award["total"]) == (4_800_000, 1, "295/3")
    assert award["fund_balance_fen"] == 3_200_000
    project = await api.get(f"/v1/projects/{award['project_id']}", who=people.resident)
    assert (project["title"], project["place_code"]) == ("暮光陪伴", COMMUNITY)
    assert (project["organisation_id"], project["need_id"]) == (str(scene.ours), scene.need_id)
    assert (project["budget_fen"], project["award_ref"]) == (4_800_000, award["id"])
    assert (project["starts_on"], project["ends_on"]) == ("2030-01-01", "2030-12-31")
    assert (await api.get(f"/v1/calls/{call_id}"))["state"] == "awarded"


async def test_the_money_is_committed_and_in_the_projects_ledger(
    api: Api, people: People, scene: Scene
) -> None:
    call_id, first, _ = await scene.judged_call()
    award = await scene.award(call_id, first)
    fund = await api.get(f"/v1/funds/{scene.fund_id}", who=people.resident)
    assert (fund["balance_fen"], fund["committed_fen"]) == (3_200_000, 4_800_000)
    entry = fund["entries"]["items"][0]
    assert (entry["kind"], entry["amount_fen"], entry["reference"], entry["text"]) == (
        "commitment",
        -4_800_000,
        award["id"],
        "暮光陪伴",
    )
    ledger = await api.get(f"/v1/projects/{award['project_id']}/ledger", who=people.manager)
    assert (ledger["committed_fen"], ledger["items"][0]["reference"]) == (4_800_000, award["id"])


async def test_need_decision_and_money_are_the_projects_evidence(
    api: Api, people: People, scene: Scene
) -> None:
    decided = NewStep(Step.DECIDED, "motion", str(uuid4()), "表决通过", "carried")
    chair = await actor_of(people.chair)
    await record_step(chair, UUID(scene.need_id), decided)
    call_id, first, _ = await scene.judged_call()
    award = await scene.award(call_id, first)
    path = f"/v1/projects/{award['project_id']}/evidence"
    evidence = await api.get(path, who=people.resident)
    facts = {(item["kind"], item["ref_id"]): item["quantity"] for item in evidence["items"]}
    assert facts == {
        ("money", award["id"]): 4_800_000,
        ("need", scene.need_id): 1,
        ("decision", decided.ref_id): 1,
    }


async def test_the_need_is_answered_step_by_step(scene: Scene) -> None:
    call_id, first, _ = await scene.judged_call()
    award = await scene.award(call_id, first)
    steps = await fetch("SELECT * FROM need_steps WHERE need_id = $1 ORDER BY id", scene.need_id)
    assert [(step["step"], step["ref_id"]) for step in steps] == [
        ("call_opened", call_id),
        ("awarded", award["id"]),
        ("project_started", award["project_id"]),
        ("answered", award["project_id"]),
    ]
    state = "SELECT state FROM needs WHERE id = $1"
    assert await fetch_value(state, scene.need_id) == "answered"


async def test_it_is_public_for_fifteen_days(api: Api, scene: Scene) -> None:
    call_id, first, _ = await scene.judged_call()
    award = await scene.award(call_id, first)
    published = await fetch_one("SELECT * FROM publications WHERE id = $1", award["publication_id"])
    assert (published["kind"], published["place_code"]) == ("award", COMMUNITY)
    assert published["ends_at"] - published["starts_at"] == timedelta(days=15)
    assert "立项金额 48,000.00 元" in published["text"]
    assert "平均得分 98.33 分" in published["text"]


async def test_another_than_the_first_needs_a_reason_which_is_published(scene: Scene) -> None:
    call_id, _, second = await scene.judged_call()
    problem = await scene.award(call_id, second, expect=422)
    assert code_of(problem) == "not-first-in-ranking"
    award = await scene.award(call_id, second, reason="排名第一的组织已书面退出")
    assert (award["rank"], award["reason"]) == (2, "排名第一的组织已书面退出")
    text = "SELECT text FROM publications WHERE id = $1"
    assert "理由：排名第一的组织已书面退出" in await fetch_value(text, award["publication_id"])


async def test_who_runs_no_calls_here_awards_nothing(people: People, scene: Scene) -> None:
    call_id, first, _ = await scene.judged_call()
    problem = await scene.award(call_id, first, who=people.eve, expect=404)
    assert code_of(problem) == "not-found"
    for someone in (people.manager, people.reviewers[0], people.chair):
        problem = await scene.award(call_id, first, who=someone, expect=403)
        assert code_of(problem) == "not-permitted"
    assert code_of(await scene.award(str(uuid4()), first, expect=404)) == "not-found"


async def test_what_was_not_submitted_to_this_call_is_not_found(scene: Scene) -> None:
    other = await scene.open_call()
    draft = await scene.draft(other)
    call_id, _, _ = await scene.judged_call()
    for application_id in (draft["id"], str(uuid4())):
        problem = await scene.award(call_id, application_id, expect=404)
        assert code_of(problem) == "not-found"


async def test_not_before_the_call_has_closed_and_all_have_scored(
    people: People, scene: Scene
) -> None:
    call_id = await scene.open_call()
    first = await scene.submit(call_id)
    assert code_of(await scene.award(call_id, first, expect=409)) == "call-not-closed"
    await scene.close()
    await scene.assign(call_id)
    problem = await scene.award(call_id, first, expect=409)
    assert code_of(problem) == "scores-missing"
    assert problem["missing"] == 3


async def test_a_call_is_awarded_once(scene: Scene) -> None:
    call_id, first, second = await scene.judged_call()
    award = await scene.award(call_id, first, key="once")
    assert await scene.award(call_id, first, key="once") == award
    for application_id in (first, second):
        problem = await scene.award(call_id, application_id, reason="再来", expect=409)
        assert code_of(problem) == "call-already-awarded"


async def test_never_more_than_was_asked_for(scene: Scene) -> None:
    call_id, first, _ = await scene.judged_call()
    problem = await scene.award(call_id, first, amount_fen=4_800_001, expect=422)
    assert code_of(problem) == "award-too-large"
    assert "48,000.00 元" in problem["detail"]


async def _counts() -> list[Any]:
    tables = ("awards", "projects", "publications", "fund_entries", "evidence", "need_steps")
    return [await fetch_value(f"SELECT count(*) FROM {table}") for table in tables]


async def test_a_fund_that_is_too_small_gives_nothing_and_leaves_nothing(
    api: Api, scene: Scene
) -> None:
    earlier, first, _ = await scene.judged_call()
    again = (scene.started_at + timedelta(days=15)).isoformat()
    call_id, second, _ = await scene.judged_call(closes_at=again)
    await scene.award(earlier, first)
    before = await _counts()
    problem = await scene.award(call_id, second, expect=409)
    assert code_of(problem) == "fund-too-small"
    assert (problem["balance_fen"], problem["needed_fen"]) == (3_200_000, 4_800_000)
    assert await _counts() == before
    more = {"amount_fen": 1_600_000, "from": "居民", "reference": "捐-009"}
    await api.post(f"/v1/funds/{scene.fund_id}/contributions", more, who=scene.officer)
    assert (await scene.award(call_id, second))["fund_balance_fen"] == 0


async def test_it_leaves_an_audit_row(scene: Scene) -> None:
    call_id, first, _ = await scene.judged_call()
    award = await scene.award(call_id, first)
    row = await fetch_one("SELECT * FROM audit_events WHERE event = 'award_grant'")
    assert (row["subject_id"], row["account_id"]) == (award["id"], scene.officer.account_id)
    assert row["facts"] == {"call_id": call_id, "amount_fen": 4_800_000, "rank": 1}
