"""HTTP doors of check-in and hours."""

from uuid import UUID

from litestar import Response
from litestar.params import FromPath, FromQuery, JSONBody

from backend.core.access import Permission
from backend.core.doors import Asking, OneTime, get, post
from backend.core.paging import After, Limit
from backend.core.problems import Refusal
from backend.volunteers import actions, queries, rules
from backend.volunteers.schemas import (
    CheckInForShift,
    ConfirmationView,
    HoursView,
    PresenceView,
    RecordAttendance,
    ShiftCodeView,
    ShiftView,
)
from backend.volunteers.types import Direction


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
