"""The order of a call's applications, as the street sees it."""

from uuid import uuid4

from tests.api import Api, code_of
from tests.grants.scene import Scene, marks
from tests.people import People


async def test_means_are_exact_and_in_order(api: Api, scene: Scene) -> None:
    call_id, first, second = await scene.judged_call()
    ranking = await api.get(f"/v1/calls/{call_id}/ranking", who=scene.officer)
    assert ranking["complete"] is True
    assert (ranking["panel_size"], ranking["missing_scores"]) == (3, 0)
    rows = [
        (row["rank"], row["application_id"], row["total"], row["scores"])
        for row in ranking["items"]
    ]
    assert rows == [(1, first, "295/3", 3), (2, second, "270/3", 3)]


async def test_it_is_complete_with_the_last_score_and_not_before(
    api: Api, people: People, scene: Scene
) -> None:
    call_id = await scene.open_call()
    applications = [await scene.submit(call_id, who) for who in (None, people.second_manager)]
    await scene.draft(await scene.open_call())
    await scene.close()
    path = f"/v1/calls/{call_id}/ranking"
    assert (await api.get(path, who=scene.officer))["complete"] is False
    await scene.assign(call_id)
    for scored, (application_id, reviewer) in enumerate(
        [(a, r) for a in applications for r in people.reviewers], start=1
    ):
        body = f"/v1/applications/{application_id}/scores"
        await api.post(body, marks(), who=reviewer)
        ranking = await api.get(path, who=scene.officer)
        assert ranking["complete"] is (scored == 6)
        assert ranking["missing_scores"] == 6 - scored


async def test_among_equals_the_community_organisation_stands_first(
    api: Api, people: People, scene: Scene
) -> None:
    call_id = await scene.open_call()
    agency = await scene.submit(call_id, people.second_manager)
    ours = await scene.submit(call_id)
    await scene.close()
    await scene.assign(call_id)
    for application_id in (agency, ours):
        await scene.score(application_id, 5, 5, 5)
    ranking = await api.get(f"/v1/calls/{call_id}/ranking", who=scene.officer)
    assert [row["application_id"] for row in ranking["items"]] == [ours, agency]
    assert [row["tie_broken_by"] for row in ranking["items"]] == [None, "community_organisation"]


async def test_nobody_but_the_street_sees_it(api: Api, people: People, scene: Scene) -> None:
    path = f"/v1/calls/{(await scene.judged_call())[0]}/ranking"
    assert code_of(await api.get(path, who=people.eve, expect=404)) == "not-found"
    for someone in (people.manager, people.reviewers[0], people.resident):
        assert code_of(await api.get(path, who=someone, expect=403)) == "not-permitted"
    unknown = f"/v1/calls/{uuid4()}/ranking"
    assert code_of(await api.get(unknown, who=scene.officer, expect=404)) == "not-found"
