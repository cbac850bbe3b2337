"""Reading a team: its leaders and its members, nobody else."""

from tests.api import code_of
from tests.volunteers.scene import Scene


async def test_leaders_and_members_see_who_is_in_it(scene: Scene) -> None:
    people, path = scene.people, f"/v1/teams/{scene.team_id}"
    await scene.register(people.volunteer)
    team = await scene.add_member(people.volunteer, "volunteer")
    for someone in (people.party_worker, people.volunteer):
        assert await scene.api.get(path, who=someone) == team


async def test_names_are_for_nobody_else(scene: Scene) -> None:
    people, path = scene.people, f"/v1/teams/{scene.team_id}"
    for someone in (people.eve, people.neighbour, people.street_officer):
        assert code_of(await scene.api.get(path, who=someone, expect=404)) == "not-found"
