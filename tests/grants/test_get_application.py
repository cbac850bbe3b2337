"""Reading an application: a draft is its organisation's own, the rest its judges read."""

from uuid import uuid4

from tests.api import Api, code_of
from tests.grants.scene import Scene
from tests.people import People


async def test_a_draft_is_its_organisations_own(api: Api, people: People, scene: Scene) -> None:
    draft = await scene.draft(await scene.open_call())
    path = f"/v1/applications/{draft['id']}"
    assert (await api.get(path, who=people.manager))["plan"] == draft["plan"]
    others = (people.eve, people.second_manager, people.street_officer, people.reviewers[0])
    for someone in others:
        assert code_of(await api.get(path, who=someone, expect=404)) == "not-found"


async def test_the_street_and_the_panel_read_what_was_submitted(
    api: Api, people: People, scene: Scene
) -> None:
    call_id = await scene.open_call()
    path = f"/v1/applications/{await scene.submit(call_id)}"
    assert (await api.get(path, who=people.street_officer))["state"] == "submitted"
    await api.get(path, who=people.reviewers[0], expect=404)
    await scene.close()
    await scene.assign(call_id)
    for reviewer in people.reviewers:
        assert (await api.get(path, who=reviewer))["requested_fen"] == 4_800_000
    for someone in (people.eve, people.second_manager, people.resident):
        assert code_of(await api.get(path, who=someone, expect=404)) == "not-found"


async def test_an_unknown_one_is_not_found(api: Api, people: People) -> None:
    problem = await api.get(f"/v1/applications/{uuid4()}", who=people.manager, expect=404)
    assert code_of(problem) == "not-found"
