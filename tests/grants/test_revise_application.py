"""Writing a draft anew."""

from uuid import uuid4

from backend.core.db import fetch_value
from tests.api import Api, code_of
from tests.grants.scene import Scene, plan
from tests.people import People


async def test_a_manager_rewrites_her_draft(api: Api, people: People, scene: Scene) -> None:
    draft = await scene.draft(await scene.open_call(), lines=(("management", 500),))
    assert len(draft["findings"]) == 1
    path = f"/v1/applications/{draft['id']}"
    body = plan((("activity", 900), ("management", 100)), title="暮光陪伴二期")
    revised = await api.put(path, body, who=people.manager)
    assert (revised["title"], revised["requested_fen"]) == ("暮光陪伴二期", 1_000)
    assert revised["findings"] == []
    assert [line["number"] for line in revised["budget_lines"]] == [1, 2]
    assert await api.get(path, who=people.manager) == revised


async def test_a_draft_may_be_emptied_again(api: Api, people: People, scene: Scene) -> None:
    draft = await scene.draft(await scene.open_call())
    revised = await api.put(f"/v1/applications/{draft['id']}", plan(()), who=people.manager)
    assert [finding["code"] for finding in revised["findings"]] == ["no-budget-lines"]


async def test_nobody_else_rewrites_it(api: Api, people: People, scene: Scene) -> None:
    path = f"/v1/applications/{(await scene.draft(await scene.open_call()))['id']}"
    for someone in (people.eve, people.second_manager):
        assert code_of(await api.put(path, plan(), who=someone, expect=404)) == "not-found"
    assert code_of(await api.put(path, plan(), who=scene.officer, expect=403)) == "not-permitted"
    unknown = f"/v1/applications/{uuid4()}"
    assert code_of(await api.put(unknown, plan(), who=people.manager, expect=404)) == "not-found"


async def test_what_was_submitted_stands(api: Api, people: People, scene: Scene) -> None:
    application_id = await scene.submit(await scene.open_call())
    path = f"/v1/applications/{application_id}"
    problem = await api.put(path, plan(title="改"), who=people.manager, expect=409)
    assert code_of(problem) == "application-submitted"
    assert (await api.get(path, who=people.manager))["title"] == "暮光陪伴"


async def test_a_closed_call_takes_no_changes(api: Api, people: People, scene: Scene) -> None:
    draft = await scene.draft(await scene.open_call())
    await scene.close()
    path = f"/v1/applications/{draft['id']}"
    assert code_of(await api.put(path, plan(), who=people.manager, expect=409)) == "call-not-open"


async def test_the_days_stay_in_order(api: Api, people: People, scene: Scene) -> None:
    draft = await scene.draft(await scene.open_call())
    body = plan(starts_on="2031-01-01")
    problem = await api.put(f"/v1/applications/{draft['id']}", body, who=people.manager, expect=422)
    assert code_of(problem) == "application-period-invalid"


async def test_it_leaves_an_audit_row(api: Api, people: People, scene: Scene) -> None:
    draft = await scene.draft(await scene.open_call())
    await api.put(f"/v1/applications/{draft['id']}", plan(), who=people.manager)
    count = "SELECT count(*) FROM audit_events WHERE event = 'revise_application'"
    assert await fetch_value(f"{count} AND subject_id = $1", draft["id"]) == 1
