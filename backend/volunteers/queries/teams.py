"""Reads of teams: leaders of the place and the members themselves, nobody else."""

from uuid import UUID

from backend.core.access import Actor, Permission
from backend.core.db import fetch, fetch_one, fetch_value
from backend.core.problems import NotFound
from backend.volunteers.schemas import TeamMemberView, TeamView
from backend.volunteers.types import Capacity, TeamFacts


async def get_team_for(actor: Actor, team_id: UUID) -> TeamFacts:
    """A team that the actor leads; anywhere else there is nothing to be found."""
    team = await _find_team(team_id)
    if team is None or not actor.may(Permission.LEAD_TEAMS, team.path):
        raise NotFound
    return team


async def _find_team(team_id: UUID) -> TeamFacts | None:
    row = await fetch_one(
        "SELECT t.id, t.place_code, p.path, t.project_id FROM teams t"
        " JOIN places p ON p.code = t.place_code WHERE t.id = $1",
        team_id,
    )
    return TeamFacts(*row) if row else None


async def get_team(actor: Actor, team_id: UUID) -> TeamView:
    """A team with its members' names, for its leaders and its members."""
    team = await _find_team(team_id)
    members = await _list_members(team_id)
    is_member = any(member.person_id == actor.person_id for member in members)
    if team is None or not (is_member or actor.may(Permission.LEAD_TEAMS, team.path)):
        raise NotFound
    return TeamView(
        id=team.id,
        place_code=team.place_code,
        project_id=team.project_id,
        name=await fetch_value("SELECT name FROM teams WHERE id = $1", team_id),
        members=members,
    )


async def _list_members(team_id: UUID) -> list[TeamMemberView]:
    rows = await fetch(
        "SELECT m.id, m.person_id, p.name, m.capacity, m.joined_at FROM team_members m"
        " JOIN people p ON p.id = m.person_id WHERE m.team_id = $1 ORDER BY m.id",
        team_id,
    )
    return [
        TeamMemberView(
            id=row["id"],
            person_id=row["person_id"],
            name=row["name"],
            capacity=Capacity(row["capacity"]),
            joined_at=row["joined_at"],
        )
        for row in rows
    ]


async def list_capacities(team_id: UUID, person_id: UUID) -> set[Capacity]:
    """As what a person stands in a team; nothing where she does not."""
    rows = await fetch(
        "SELECT capacity FROM team_members WHERE team_id = $1 AND person_id = $2",
        team_id,
        person_id,
    )
    return {Capacity(row["capacity"]) for row in rows}
