"""Planning an activity of a team."""

from typing import Any

from backend.core.db import fetch_value
from tests.api import code_of
from tests.people import COMMUNITY, OTHER_COMMUNITY
from tests.volunteers.scene import Scene, new_project

ACTIVITIES = f"/v1/places/{COMMUNITY}/activities"


def plan(scene: Scene, **changes: Any) -> dict[str, Any]:
    """An activity of the scene's team."""
    body = {"team_id": scene.team_id, "title": "义诊", "content": "测血压。", "venue": "服务站"}
    return body | changes


async def test_it_is_for_the_project_of_its_team(scene: Scene) -> None:
    activity = await scene.api.post(ACTIVITIES, plan(scene), who=scene.people.party_worker)
    assert activity["project_id"] == str(scene.project_id)
    other = str(await new_project(scene.people))
    named = await scene.api.post(
        ACTIVITIES, plan(scene, project_id=other), who=scene.people.party_worker
    )
    assert named["project_id"] == other


async def test_who_does_not_lead_here_plans_nothing(scene: Scene) -> None:
    people = scene.people
    problem = await scene.api.post(ACTIVITIES, plan(scene), who=people.eve, expect=404)
    assert code_of(problem) == "not-found"
    own = f"/v1/places/{OTHER_COMMUNITY}/activities"
    assert (
        code_of(await scene.api.post(own, plan(scene), who=people.eve, expect=404)) == "not-found"
    )
    await scene.api.post(ACTIVITIES, plan(scene), who=people.resident, expect=403)


async def test_a_project_of_another_place_is_refused(scene: Scene) -> None:
    street_project = str(await new_project(scene.people, "340104-L01"))
    body = plan(scene, project_id=street_project)
    problem = await scene.api.post(ACTIVITIES, body, who=scene.people.chair, expect=422)
    assert code_of(problem) == "team-project-elsewhere"


async def test_blanks_alone_are_no_venue(scene: Scene) -> None:
    body = plan(scene, venue=" ")
    problem = await scene.api.post(ACTIVITIES, body, who=scene.people.chair, expect=422)
    assert problem["fields"] == ["venue"]


async def test_it_leaves_an_audit_row(scene: Scene) -> None:
    before = await fetch_value("SELECT count(*) FROM audit_events WHERE event = 'plan_activity'")
    await scene.api.post(ACTIVITIES, plan(scene), who=scene.people.chair)
    after = await fetch_value("SELECT count(*) FROM audit_events WHERE event = 'plan_activity'")
    assert after == before + 1
