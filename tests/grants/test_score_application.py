"""Scoring a submitted application by the rubric of the pack."""

from typing import Any
from uuid import uuid4

import pytest

from backend.core.db import fetch_one
from backend.organisations.types import StaffFunction
from tests.api import Api, code_of
from tests.grants.scene import FULL_MARKS, Scene, marks
from tests.organisations.orgs import appoint
from tests.people import People


async def _under_review(scene: Scene) -> str:
    """An application whose call has closed and has its panel; the path of its scores."""
    call_id = await scene.open_call()
    application_id = await scene.submit(call_id)
    await scene.close()
    await scene.assign(call_id)
    return f"/v1/applications/{application_id}/scores"


async def test_each_reviewer_scores_once(api: Api, people: People, scene: Scene) -> None:
    path = await _under_review(scene)
    for less, reviewer in enumerate(people.reviewers):
        score = await api.post(path, marks(less), who=reviewer)
        assert score["total"] == 100 - less
        assert score["points"] == FULL_MARKS | {"need": 30 - less}
        again = await api.post(path, marks(), who=reviewer, expect=409)
        assert code_of(again) == "already-scored"


async def test_who_does_not_review_here_finds_nothing(
    api: Api, people: People, scene: Scene
) -> None:
    path = await _under_review(scene)
    assert code_of(await api.post(path, marks(), who=people.eve, expect=404)) == "not-found"
    for someone in (people.manager, people.street_officer, people.resident):
        assert code_of(await api.post(path, marks(), who=someone, expect=403)) == "not-permitted"
    unknown = f"/v1/applications/{uuid4()}/scores"
    problem = await api.post(unknown, marks(), who=people.reviewers[0], expect=404)
    assert code_of(problem) == "not-found"


async def test_who_was_not_assigned_does_not_score(api: Api, people: People, scene: Scene) -> None:
    call_id = await scene.open_call()
    path = f"/v1/applications/{await scene.submit(call_id)}/scores"
    await scene.close()
    problem = await api.post(path, marks(), who=people.reviewers[0], expect=403)
    assert code_of(problem) == "not-on-panel"


async def test_a_draft_is_not_there_to_be_scored(api: Api, people: People, scene: Scene) -> None:
    call_id = await scene.open_call()
    draft = await scene.draft(call_id)
    await scene.close()
    await scene.assign(call_id)
    path = f"/v1/applications/{draft['id']}/scores"
    problem = await api.post(path, marks(), who=people.reviewers[0], expect=404)
    assert code_of(problem) == "not-found"


async def test_nobody_scores_while_applications_may_still_come(
    api: Api, people: People, scene: Scene
) -> None:
    path = f"/v1/applications/{await scene.submit(await scene.open_call())}/scores"
    problem = await api.post(path, marks(), who=people.reviewers[0], expect=409)
    assert code_of(problem) == "call-not-closed"


async def test_who_joined_the_applicant_meanwhile_stands_back(
    api: Api, people: People, scene: Scene
) -> None:
    path = await _under_review(scene)
    await appoint(scene.ours, people.reviewers[0], StaffFunction.MEMBER)
    problem = await api.post(path, marks(), who=people.reviewers[0], expect=422)
    assert code_of(problem) == "reviewer-works-for-applicant"


@pytest.mark.parametrize(
    "points",
    [
        FULL_MARKS | {"need": 31},
        FULL_MARKS | {"charm": 1},
        {"need": 30},
        {},
    ],
)
async def test_the_sheet_is_filled_in_as_the_rubric_says(
    api: Api, people: People, scene: Scene, points: dict[str, Any]
) -> None:
    path = await _under_review(scene)
    body = {"points": points, "comment": "好"}
    problem = await api.post(path, body, who=people.reviewers[0], expect=422)
    assert code_of(problem) == "points-invalid"
    assert "回应居民需求（need）0–30" in problem["detail"]


async def test_it_leaves_an_audit_row_without_the_comment(
    api: Api, people: People, scene: Scene
) -> None:
    path = await _under_review(scene)
    await api.post(path, marks(), who=people.reviewers[0])
    row = await fetch_one("SELECT * FROM audit_events WHERE event = 'score_application'")
    assert row["account_id"] == people.reviewers[0].account_id
    assert row["facts"] == {"total": 100}
