"""Listing the applications to a call that one may read."""

from uuid import uuid4

from tests.api import Api, code_of
from tests.grants.scene import Scene
from tests.people import People, Someone


async def test_each_sees_what_is_hers_to_read(api: Api, people: People, scene: Scene) -> None:
    call_id = await scene.open_call()
    draft = str((await scene.draft(call_id))["id"])
    submitted = await scene.submit(call_id, people.second_manager)

    async def shown(someone: Someone) -> list[str]:
        page = await api.get(f"/v1/calls/{call_id}/applications", who=someone)
        return [item["id"] for item in page["items"]]

    assert await shown(people.manager) == [draft]
    assert await shown(people.second_manager) == [submitted]
    assert await shown(people.street_officer) == [submitted]
    assert await shown(people.reviewers[0]) == []
    await scene.close()
    await scene.assign(call_id)
    assert await shown(people.reviewers[0]) == [submitted]
    for someone in (people.eve, people.resident):
        assert await shown(someone) == []


async def test_it_is_paged(api: Api, people: People, scene: Scene) -> None:
    call_id, first, second = await scene.judged_call()
    path = f"/v1/calls/{call_id}/applications"
    page = await api.get(path, who=scene.officer, params={"limit": 1})
    rest = await api.get(path, who=scene.officer, params={"after": page["next"]})
    assert [item["id"] for item in page["items"] + rest["items"]] == [first, second]
    assert page["items"][0]["requested_fen"] == 4_800_000


async def test_an_unknown_call_is_not_found(api: Api, people: People) -> None:
    path = f"/v1/calls/{uuid4()}/applications"
    assert code_of(await api.get(path, who=people.manager, expect=404)) == "not-found"
