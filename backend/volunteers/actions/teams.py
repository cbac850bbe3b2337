"""Forming 三工 teams of a project and taking people into them."""

from uuid import UUID

from backend.core import audit, clock
from backend.core.access import Actor, Permission
from backend.core.columns import new_id
from backend.core.db import atomic, fetch
from backend.identity.queries import holds_role
from backend.places.queries import get_place_for
from backend.projects.queries import get_project_for
from backend.volunteers import queries, rules
from backend.volunteers.schemas import AddTeamMember, FormTeam, TeamView


async def require_project(actor: Actor, project_id: UUID | None, place_code: str) -> None:
    """The project, where one is named, is one that the actor may see and of this place."""
    if project_id is not None:
        project = await get_project_for(actor, project_id)
        rules.require_same_place(project.place_code, place_code)


async def form_team(actor: Actor, place_code: str, order: FormTeam) -> TeamView:
    """Form an empty team at a place, for a project or for the community's own work."""
    team_id = new_id()
    async with atomic():
        place = await get_place_for(actor, place_code, Permission.LEAD_TEAMS)
        await require_project(actor, order.project_id, place.code)
        await fetch(
            "INSERT INTO teams (id, place_code, project_id, name, created_at)"
            " VALUES ($1, $2, $3, $4, $5)",
            team_id,
            place.code,
            order.project_id,
            order.name,
            await clock.now(),
        )
        await audit.record(
            "form_team",
            actor,
            subject=("team", str(team_id)),
            place_code=place.code,
            facts={"project_id": order.project_id},
        )
        return await queries.get_team(actor, team_id)


async def add_team_member(actor: Actor, team_id: UUID, order: AddTeamMember) -> TeamView:
    """Take a person into a team in one capacity; returns the team with all its members."""
    async with atomic():
        team = await queries.get_team_for(actor, team_id)
        rules.admit_member(
            order.capacity,
            is_registered=await queries.is_volunteer_at(order.person_id, team.path),
            holds_role=await holds_role(order.person_id, rules.role_of(order.capacity), team.path),
        )
        await fetch(
            "INSERT INTO team_members (id, team_id, person_id, capacity, joined_at)"
            " VALUES ($1, $2, $3, $4, $5)",
            new_id(),
            team.id,
            order.person_id,
            order.capacity,
            await clock.now(),
        )
        await audit.record(
            "add_team_member",
            actor,
            subject=("team", str(team.id)),
            place_code=team.place_code,
            facts={"person_id": order.person_id, "capacity": order.capacity},
        )
        return await queries.get_team(actor, team.id)
