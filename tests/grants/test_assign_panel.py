"""Assigning the reviewers of a closed call."""

from typing import Any
from uuid import uuid4

from backend.core.db import fetch_one
from backend.organisations.types import StaffFunction
from tests.api import Api, code_of
from tests.grants.scene import Scene
from tests.organisations.orgs import appoint
from tests.people import People, Someone


def _body(*reviewers: Someone) -> dict[str, Any]:
    return {"reviewer_ids": [str(one.person_id) for one in reviewers]}


async def _closed_call(scene: Scene) -> str:
    call_id = await scene.open_call()
    await scene.submit(call_id)
    await scene.close()
    return call_id


async def test_the_street_assigns_as_many_as_the_pack_says(people: People, scene: Scene) -> None:
    call_id = await _closed_call(scene)
    panel = await scene.assign(call_id)
    assert panel == {"call_id": call_id} | _body(*people.reviewers)


async def test_who_runs_no_calls_here_assigns_nobody(
    api: Api, people: People, scene: Scene
) -> None:
    call_id = await _closed_call(scene)
    assert code_of(await scene.assign(call_id, who=people.eve, expect=404)) == "not-found"
    assert code_of(await scene.assign(call_id, who=people.manager, expect=403)) == "not-permitted"
    assert code_of(await scene.assign(str(uuid4()), expect=404)) == "not-found"


async def test_not_before_the_call_has_closed(scene: Scene) -> None:
    problem = await scene.assign(await scene.open_call(), expect=409)
    assert code_of(problem) == "call-not-closed"


async def test_two_are_too_few_and_the_same_twice_is_one(
    api: Api, people: People, scene: Scene
) -> None:
    path = f"/v1/calls/{await _closed_call(scene)}/panel"
    a, b, _ = people.reviewers
    for reviewers in ((a, b), (a, b, b)):
        problem = await api.post(path, _body(*reviewers), who=scene.officer, expect=422)
        assert code_of(problem) == "panel-size-wrong"
        assert problem["needed"] == 3


async def test_only_reviewers_of_the_place_sit_on_a_panel(
    api: Api, people: People, scene: Scene
) -> None:
    path = f"/v1/calls/{await _closed_call(scene)}/panel"
    a, b, _ = people.reviewers
    for stranger in (people.eve, people.resident):
        problem = await api.post(path, _body(a, b, stranger), who=scene.officer, expect=422)
        assert code_of(problem) == "panel-member-unfit"
        assert problem["reviewer_ids"] == [str(stranger.person_id)]
        assert problem["detail"] == "评审组名单中有 1 人不是本地的评审专家，请更换。"


async def test_who_works_for_an_applicant_stands_back(people: People, scene: Scene) -> None:
    close = people.reviewers[1]
    await appoint(scene.theirs, close, StaffFunction.MEMBER)
    without, among = await scene.open_call(), await scene.open_call()
    await scene.submit(without)
    await scene.submit(among)
    await scene.submit(among, people.second_manager)
    await scene.close()
    assert len((await scene.assign(without))["reviewer_ids"]) == 3
    problem = await scene.assign(among, expect=422)
    assert code_of(problem) == "reviewer-works-for-applicant"
    assert problem["reviewer_ids"] == [str(close.person_id)]
    assert problem["detail"] == "有 1 名评审人员在申报组织任职，应当回避，请更换评审人员。"


async def test_a_call_has_one_panel(scene: Scene) -> None:
    call_id = await _closed_call(scene)
    first = await scene.assign(call_id, key="once")
    assert await scene.assign(call_id, key="once") == first
    assert code_of(await scene.assign(call_id, expect=409)) == "panel-already-assigned"


async def test_it_leaves_an_audit_row(people: People, scene: Scene) -> None:
    call_id = await _closed_call(scene)
    await scene.assign(call_id)
    row = await fetch_one("SELECT * FROM audit_events WHERE event = 'assign_panel'")
    assert row["subject_id"] == call_id
    assert row["facts"] == {"reviewers": [str(one.person_id) for one in people.reviewers]}
