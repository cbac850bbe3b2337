"""Planning activities and opening their shifts."""

from uuid import UUID
from zoneinfo import ZoneInfo

from backend.core import audit, clock
from backend.core.access import Actor, Permission
from backend.core.columns import new_id
from backend.core.db import atomic, fetch
from backend.core.problems import NotFound
from backend.places.queries import get_place_for
from backend.policies.queries import get_pack_in_force
from backend.volunteers import queries, rules
from backend.volunteers.actions.teams import require_project
from backend.volunteers.schemas import ActivityView, OpenShift, PlanActivity, ShiftView
from backend.volunteers.types import Period


async def plan_activity(actor: Actor, place_code: str, order: PlanActivity) -> ActivityView:
    """Plan an activity of a team of this place; its project is the team's unless one is named."""
    activity_id = new_id()
    async with atomic():
        place = await get_place_for(actor, place_code, Permission.LEAD_TEAMS)
        team = await queries.get_team_for(actor, order.team_id)
        if team.place_code != place.code:
            raise NotFound
        project_id = order.project_id or team.project_id
        await require_project(actor, project_id, place.code)
        await fetch(
            "INSERT INTO activities (id, place_code, team_id, project_id, title, content, venue,"
            " created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            activity_id,
            place.code,
            team.id,
            project_id,
            order.title,
            order.content,
            order.venue,
            await clock.now(),
        )
        await audit.record(
            "plan_activity",
            actor,
            subject=("activity", str(activity_id)),
            place_code=place.code,
            facts={"team_id": team.id, "project_id": project_id},
        )
    return ActivityView(
        id=activity_id,
        place_code=place.code,
        team_id=team.id,
        project_id=project_id,
        title=order.title,
        content=order.content,
        venue=order.venue,
    )


async def open_shift(actor: Actor, activity_id: UUID, order: OpenShift) -> ShiftView:
    """Open a shift with its seats, under the policy that is in force on its day.

    Key and version of the pack are pinned: a later edit never changes hours of this shift.
    """
    shift_id = new_id()
    async with atomic():
        activity = await queries.get_activity_for(actor, activity_id)
        rules.require_period(
            Period(order.starts_at, order.ends_at), order.break_minutes, await clock.now()
        )
        day = order.starts_at.astimezone(ZoneInfo(activity.zone)).date()
        pack = await get_pack_in_force(activity.path, day)
        rules.require_ruled(pack)
        await _insert_shift(shift_id, activity_id, order, pack.identity.key, pack.identity.version)
        await audit.record(
            "open_shift",
            actor,
            subject=("shift", str(shift_id)),
            place_code=activity.place_code,
            facts={"seats": order.seats, "policy": pack.identity.key},
        )
        return await queries.get_shift_view(actor, shift_id)


async def _insert_shift(
    shift_id: UUID, activity_id: UUID, order: OpenShift, policy_key: str, policy_version: int
) -> None:
    """The shift, and one row for each seat that exists."""
    await fetch(
        "WITH shift AS (INSERT INTO shifts (id, activity_id, starts_at, ends_at, seats,"
        " break_minutes, policy_key, policy_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        " RETURNING id) INSERT INTO shift_seats (id, shift_id, seat)"
        " SELECT gen_random_uuid(), shift.id, seat FROM shift, generate_series(1, $5) seat",
        shift_id,
        activity_id,
        order.starts_at,
        order.ends_at,
        order.seats,
        order.break_minutes,
        policy_key,
        str(policy_version),
    )
