"""HTTP doors of volunteers."""

from typing import Annotated
from uuid import UUID

from litestar import Response, Router
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from backend.core.access import Permission
from backend.core.doors import Asking, OneTime, delete, get, post
from backend.core.paging import After, Limit
from backend.core.problems import NotFound, Refusal
from backend.core.wire import Page
from backend.policies.queries import GET_PACK_IN_FORCE_REFUSES
from backend.volunteers import actions, queries, rules
from backend.volunteers.schemas import (
    ActivityView,
    AddTeamMember,
    CheckInForShift,
    ConfirmationView,
    FormTeam,
    HoursView,
    OpenShift,
    PlanActivity,
    PresenceView,
    RecordAttendance,
    RegisterVolunteer,
    ShiftCodeView,
    ShiftView,
    SignUpForShift,
    SignUpView,
    TeamView,
    VolunteerProfileView,
)
from backend.volunteers.types import Direction

From = Annotated[
    str | None,
    QueryParameter(
        name="from", max_length=40, description="A day or a moment; shifts that end later"
    ),
]


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


@post(
    "/activities/{activity_id:uuid}/shifts",
    needs=Permission.LEAD_TEAMS,
    refuses=(
        rules.ShiftPeriodInvalid,
        rules.VolunteersNotRuled,
        *GET_PACK_IN_FORCE_REFUSES,
    ),
)
async def open_shift(
    actor: Asking, activity_id: FromPath[UUID], data: JSONBody[OpenShift], once: OneTime
) -> ShiftView:
    """Open a shift with a number of seats.

    The policy in force on its day is pinned: later editions never change its hours.
    """
    return await once.run(lambda: actions.open_shift(actor, activity_id, data), ShiftView)


@get("/places/{code:str}/shifts", needs=Permission.SIGNED_IN)
async def list_shifts(
    actor: Asking,
    code: FromPath[str],
    from_: From = None,
    limit: Limit = 20,
    after: After = None,
) -> Page[ShiftView]:
    """List the shifts of your community that are not over, the next one first."""
    return await queries.list_shifts(actor, code, from_, limit, after)


@post(
    "/shifts/{shift_id:uuid}/sign-ups",
    needs=Permission.SIGNED_IN,
    refuses=(
        rules.ShiftFull,
        rules.AlreadySignedUp,
        rules.CapacityNotHeld,
        rules.SignUpsClosed,
    ),
    key=True,
)
async def sign_up(
    actor: Asking, shift_id: FromPath[UUID], data: JSONBody[SignUpForShift], once: OneTime
) -> SignUpView:
    """Take a seat of a shift."""
    return await once.run(lambda: actions.sign_up(actor, shift_id, data), SignUpView)


@delete(
    "/shifts/{shift_id:uuid}/sign-ups",
    needs=Permission.SIGNED_IN,
    refuses=(rules.NotSignedUp, rules.CancellationTooLate),
)
async def cancel_sign_up(actor: Asking, shift_id: FromPath[UUID]) -> None:
    """Give your seat back before the shift starts."""
    await actions.cancel_sign_up(actor, shift_id)


@get("/shifts/{shift_id:uuid}/check-in-code", needs=Permission.LEAD_TEAMS)
async def get_shift_code(
    actor: Asking, shift_id: FromPath[UUID], direction: FromQuery[Direction]
) -> ShiftCodeView:
    """Read the code to show on the screen now."""
    return await queries.get_shift_code(actor, shift_id, direction)


@get(
    "/shifts/{shift_id:uuid}/check-in-code.svg",
    needs=Permission.LEAD_TEAMS,
    media_type="image/svg+xml",
)
async def draw_shift_code(
    actor: Asking, shift_id: FromPath[UUID], direction: FromQuery[Direction]
) -> Response[bytes]:
    """Draw the code to show on the screen now as a QR code."""
    drawing = await queries.draw_shift_code(actor, shift_id, direction)
    return Response(drawing, media_type="image/svg+xml", headers={"Cache-Control": "no-store"})


@post(
    "/shifts/{shift_id:uuid}/check-ins",
    needs=Permission.SIGNED_IN,
    refuses=(
        rules.ShiftCodeRefused,
        rules.NotSignedUp,
        rules.CheckInNotOpen,
        rules.CheckInClosed,
        rules.AlreadyInside,
        rules.AlreadyLeft,
        rules.NotInside,
        rules.HoursAlreadyConfirmed,
    ),
    key=True,
)
async def check_in_for_shift(
    actor: Asking, shift_id: FromPath[UUID], data: JSONBody[CheckInForShift], once: OneTime
) -> PresenceView:
    """Check in to a shift, or out of it, by the code on its screen.

    A second scan of the same direction says when the first one was and changes nothing.
    """
    outcome = await actions.check_in_for_shift(actor, shift_id, data, once)
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


@post(
    "/shifts/{shift_id:uuid}/attendance",
    needs=Permission.LEAD_TEAMS,
    refuses=(rules.ShiftNotStarted, rules.AttendanceFinal),
)
async def record_attendance(
    actor: Asking, shift_id: FromPath[UUID], data: JSONBody[RecordAttendance], once: OneTime
) -> ShiftView:
    """Record how many people a shift reached."""
    return await once.run(lambda: actions.record_attendance(actor, shift_id, data), ShiftView)


@post(
    "/shifts/{shift_id:uuid}/hours-confirmation",
    needs=Permission.LEAD_TEAMS,
    refuses=(
        rules.ShiftNotOver,
        rules.StillInside,
        rules.OwnHours,
        rules.HoursAlreadyConfirmed,
    ),
)
async def confirm_hours(actor: Asking, shift_id: FromPath[UUID], once: OneTime) -> ConfirmationView:
    """Confirm the hours of a shift that is over."""
    return await once.run(lambda: actions.confirm_hours(actor, shift_id), ConfirmationView)


@get("/me/hours", needs=Permission.SIGNED_IN)
async def get_my_hours(actor: Asking, limit: Limit = 20, after: After = None) -> HoursView:
    """Read your hours by ledger and capacity."""
    return await queries.get_my_hours(actor.person_id, limit, after)


router = Router(
    "/v1",
    route_handlers=[
        register_volunteer,
        get_volunteer_profile,
        form_team,
        add_team_member,
        get_team,
        plan_activity,
        open_shift,
        list_shifts,
        sign_up,
        cancel_sign_up,
        get_shift_code,
        draw_shift_code,
        check_in_for_shift,
        record_attendance,
        confirm_hours,
        get_my_hours,
    ],
    tags=["volunteers"],
)
