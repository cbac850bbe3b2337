"""HTTP doors of the register, of teams and of what they plan."""

from uuid import UUID

from litestar.params import FromPath, JSONBody

from backend.core.access import Permission
from backend.core.doors import Asking, OneTime, get, post
from backend.core.problems import NotFound
from backend.volunteers import actions, queries, rules
from backend.volunteers.schemas import (
    ActivityView,
    AddTeamMember,
    FormTeam,
    PlanActivity,
    RegisterVolunteer,
    TeamView,
    VolunteerProfileView,
)


@post(
    "/me/volunteer-profile",
    needs=Permission.TAKE_PART,
    refuses=(rules.AlreadyRegistered, rules.CommunityUnclear, NotFound),
)
async def register_volunteer(
    actor: Asking, data: JSONBody[RegisterVolunteer], once: OneTime
) -> VolunteerProfileView:
    """Register as a volunteer of your community."""
    return await once.run(lambda: actions.register_volunteer(actor, data), VolunteerProfileView)


@get("/me/volunteer-profile", needs=Permission.SIGNED_IN, refuses=(NotFound,))
async def get_volunteer_profile(actor: Asking) -> VolunteerProfileView:
    """Read your own line of the volunteer register."""
    return await queries.get_volunteer_profile(actor.person_id)


@post("/places/{code:str}/teams", needs=Permission.LEAD_TEAMS, refuses=(rules.ProjectElsewhere,))
async def form_team(
    actor: Asking, code: FromPath[str], data: JSONBody[FormTeam], once: OneTime
) -> TeamView:
    """Form a team of party workers, social workers and volunteers."""
    return await once.run(lambda: actions.form_team(actor, code, data), TeamView)


@post(
    "/teams/{team_id:uuid}/members",
    needs=Permission.LEAD_TEAMS,
    refuses=(rules.NotAVolunteer, rules.RoleNotHeld, rules.AlreadyInTeam),
)
async def add_team_member(
    actor: Asking, team_id: FromPath[UUID], data: JSONBody[AddTeamMember], once: OneTime
) -> TeamView:
    """Take a person into a team in one capacity."""
    return await once.run(lambda: actions.add_team_member(actor, team_id, data), TeamView)


@get("/teams/{team_id:uuid}", needs=Permission.SIGNED_IN)
async def get_team(actor: Asking, team_id: FromPath[UUID]) -> TeamView:
    """Read a team that you lead or belong to."""
    return await queries.get_team(actor, team_id)


@post(
    "/places/{code:str}/activities",
    needs=Permission.LEAD_TEAMS,
    refuses=(rules.ProjectElsewhere,),
)
async def plan_activity(
    actor: Asking, code: FromPath[str], data: JSONBody[PlanActivity], once: OneTime
) -> ActivityView:
    """Plan an activity of a team."""
    return await once.run(lambda: actions.plan_activity(actor, code, data), ActivityView)
