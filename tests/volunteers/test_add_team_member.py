"""Taking people into a team in their capacities."""

from uuid import uuid4

import pytest

from backend.core.db import fetch
from tests.api import code_of
from tests.volunteers.scene import Scene


@pytest.mark.rule("SS-30")
async def test_a_team_joins_party_worker_social_worker_and_volunteers(scene: Scene) -> None:
    people = scene.people
    await scene.register(people.volunteer)
    await scene.add_member(people.party_worker, "party_worker")
    await scene.add_member(people.social_worker, "social_worker")
    team = await scene.add_member(people.volunteer, "volunteer")
    assert [(member["name"], member["capacity"]) for member in team["members"]] == [
        (people.party_worker.name, "party_worker"),
        (people.social_worker.name, "social_worker"),
        (people.volunteer.name, "volunteer"),
    ]


async def test_one_person_may_serve_in_two_capacities(scene: Scene) -> None:
    worker = scene.people.social_worker
    await scene.register(worker)
    await scene.add_member(worker, "social_worker")
    team = await scene.add_member(worker, "volunteer")
    assert [member["capacity"] for member in team["members"]] == ["social_worker", "volunteer"]


async def test_who_does_not_lead_here_adds_nobody(scene: Scene) -> None:
    people = scene.people
    await scene.register(people.volunteer)
    hidden = await scene.add_member(people.volunteer, "volunteer", who=people.eve, expect=404)
    assert code_of(hidden) == "not-found"
    await scene.add_member(people.volunteer, "volunteer", who=people.volunteer, expect=403)


async def test_a_volunteer_of_the_team_is_on_this_register(scene: Scene) -> None:
    people = scene.people
    await scene.register(people.eve)
    for someone in (people.neighbour, people.eve):
        problem = await scene.add_member(someone, "volunteer", expect=422)
        assert code_of(problem) == "not-a-volunteer"
    body = {"person_id": str(uuid4()), "capacity": "volunteer"}
    path = f"/v1/teams/{scene.team_id}/members"
    await scene.api.post(path, body, who=people.social_worker, expect=422)


async def test_staff_of_the_team_hold_that_role_here(scene: Scene) -> None:
    people = scene.people
    for someone, capacity in (
        (people.resident, "social_worker"),
        (people.social_worker, "party_worker"),
        (people.eve, "social_worker"),
    ):
        problem = await scene.add_member(someone, capacity, expect=422)
        assert code_of(problem) == "team-role-not-held"


async def test_nobody_joins_twice_in_one_capacity(scene: Scene) -> None:
    await scene.add_member(scene.people.party_worker, "party_worker")
    problem = await scene.add_member(scene.people.party_worker, "party_worker", expect=409)
    assert code_of(problem) == "already-in-team"


async def test_it_leaves_an_audit_row(scene: Scene) -> None:
    await scene.add_member(scene.people.party_worker, "party_worker")
    rows = await fetch("SELECT facts FROM audit_events WHERE event = 'add_team_member'")
    person = str(scene.people.party_worker.person_id)
    assert [row["facts"] for row in rows] == [{"person_id": person, "capacity": "party_worker"}]
