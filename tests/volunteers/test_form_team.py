"""Forming a 三工 team of a project."""

from uuid import uuid4

from backend.core.db import fetch_one
from tests.api import Api, code_of
from tests.people import COMMUNITY, OTHER_COMMUNITY, People
from tests.volunteers.scene import new_project

TEAMS = f"/v1/places/{COMMUNITY}/teams"


async def test_staff_form_a_team_for_a_project(api: Api, people: People) -> None:
    project = str(await new_project(people))
    body = {"name": "暮光陪伴三工队", "project_id": project}
    for someone in (people.social_worker, people.party_worker, people.chair):
        team = await api.post(TEAMS, body, who=someone)
        assert (team["project_id"], team["members"]) == (project, [])
    assert (await api.post(TEAMS, {"name": "巡逻队"}, who=people.chair))["project_id"] is None


async def test_who_leads_no_teams_here_forms_none(api: Api, people: People) -> None:
    body = {"name": "巡逻队"}
    assert code_of(await api.post(TEAMS, body, who=people.eve, expect=404)) == "not-found"
    for someone in (people.resident, people.street_officer):
        assert code_of(await api.post(TEAMS, body, who=someone, expect=403)) == "not-permitted"


async def test_the_project_is_one_of_this_place(api: Api, people: People) -> None:
    elsewhere = {"name": "巡逻队", "project_id": str(await new_project(people, OTHER_COMMUNITY))}
    hidden = await api.post(TEAMS, elsewhere, who=people.social_worker, expect=404)
    assert code_of(hidden) == "not-found"
    unknown = {"name": "巡逻队", "project_id": str(uuid4())}
    await api.post(TEAMS, unknown, who=people.social_worker, expect=404)


async def test_blanks_alone_are_no_name(api: Api, people: People) -> None:
    problem = await api.post(TEAMS, {"name": " \u3000"}, who=people.chair, expect=422)
    assert problem["fields"] == ["name"]


async def test_it_leaves_an_audit_row(api: Api, people: People) -> None:
    team = await api.post(TEAMS, {"name": "巡逻队"}, who=people.chair)
    row = await fetch_one("SELECT * FROM audit_events WHERE event = 'form_team'")
    assert (row["subject_id"], row["account_id"]) == (team["id"], people.chair.account_id)
