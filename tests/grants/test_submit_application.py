"""Submitting a draft with which nothing is wrong."""

from uuid import uuid4

from backend.core.db import fetch_value
from tests.api import Api, code_of
from tests.grants.scene import Scene, plan
from tests.people import People


async def test_a_sound_draft_is_submitted_and_stands(
    api: Api, people: People, scene: Scene
) -> None:
    draft = await scene.draft(await scene.open_call())
    path = f"/v1/applications/{draft['id']}/submission"
    submitted = await api.post(path, who=people.manager)
    assert submitted["state"] == "submitted"
    assert submitted["submitted_at"] is not None
    assert submitted["budget_lines"] == draft["budget_lines"]


async def test_above_the_cap_is_told_line_clause_and_way_out_and_then_mended(
    api: Api, people: People, scene: Scene
) -> None:
    lines = (("activity", 4_300_000), ("materials", 800_000), ("management", 500_000))
    draft = await scene.draft(await scene.open_call(), lines=lines)
    path = f"/v1/applications/{draft['id']}"
    problem = await api.post(f"{path}/submission", who=people.manager, expect=422)
    assert code_of(problem) == "application-incomplete"
    assert problem["count"] == 1
    checklist = await api.get(f"{path}/checklist", who=people.manager)
    assert problem["findings"] == checklist["findings"] == draft["findings"]
    (finding,) = problem["findings"]
    assert finding["zh"] in problem["detail"]
    assert (
        "第 1 行“活动费”（43,000.00 元）减少 6,000.00 元，改为不超过 37,000.00 元" in finding["zh"]
    )
    mended = plan((("activity", 3_700_000), *lines[1:]))
    await api.put(path, mended, who=people.manager)
    assert (await api.post(f"{path}/submission", who=people.manager))["state"] == "submitted"


async def test_it_reads_well_in_english_too(api: Api, people: People, scene: Scene) -> None:
    draft = await scene.draft(await scene.open_call(), lines=(("activity", 5_200_000),))
    problem = await api.post(
        f"/v1/applications/{draft['id']}/submission",
        who=people.manager,
        expect=422,
        headers={"Accept-Language": "en"},
    )
    assert problem["detail"].startswith("Still to mend before you submit (1): The budget asks for")
    assert "at most 50,000.00 yuan" in problem["detail"]


async def test_nobody_else_submits_it(api: Api, people: People, scene: Scene) -> None:
    draft = await scene.draft(await scene.open_call())
    path = f"/v1/applications/{draft['id']}/submission"
    for someone in (people.eve, people.second_manager):
        assert code_of(await api.post(path, who=someone, expect=404)) == "not-found"
    assert code_of(await api.post(path, who=scene.officer, expect=403)) == "not-permitted"
    unknown = f"/v1/applications/{uuid4()}/submission"
    assert code_of(await api.post(unknown, who=people.manager, expect=404)) == "not-found"


async def test_it_is_submitted_once(api: Api, people: People, scene: Scene) -> None:
    application_id = await scene.submit(await scene.open_call())
    path = f"/v1/applications/{application_id}/submission"
    problem = await api.post(path, who=people.manager, expect=409)
    assert code_of(problem) == "application-submitted"


async def test_a_retry_after_success_gets_the_same_answer(
    api: Api, people: People, scene: Scene
) -> None:
    draft = await scene.draft(await scene.open_call())
    path = f"/v1/applications/{draft['id']}/submission"
    missing = await api.post(path, who=people.manager, key=None, expect=400)
    assert code_of(missing) == "idempotency-key-missing"
    first = await api.post(path, who=people.manager, key="once")
    assert await api.post(path, who=people.manager, key="once") == first


async def test_too_late_is_too_late(api: Api, people: People, scene: Scene) -> None:
    draft = await scene.draft(await scene.open_call())
    await scene.close()
    problem = await api.post(
        f"/v1/applications/{draft['id']}/submission", who=people.manager, expect=409
    )
    assert code_of(problem) == "call-not-open"


async def test_it_leaves_an_audit_row(scene: Scene) -> None:
    application_id = await scene.submit(await scene.open_call())
    count = "SELECT count(*) FROM audit_events WHERE event = 'submit_application'"
    assert await fetch_value(f"{count} AND subject_id = $1", application_id) == 1
