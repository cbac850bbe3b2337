"""HTTP doors of shifts and their seats."""

from typing import Annotated
from uuid import UUID

from litestar.params import FromPath, JSONBody, QueryParameter

from backend.core.access import Permission
from backend.core.doors import Asking, OneTime, delete, get, post
from backend.core.paging import After, Limit
from backend.core.wire import Page
from backend.policies.queries import GET_PACK_IN_FORCE_REFUSES
from backend.volunteers import actions, queries, rules
from backend.volunteers.schemas import (
    OpenShift,
    ShiftView,
    SignUpForShift,
    SignUpView,
)

From = Annotated[
    str | None,
    QueryParameter(
        name="from", max_length=40, description="A day or a moment; shifts that end later"
    ),
]


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
        rules.DutyNotVolunteering,
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
