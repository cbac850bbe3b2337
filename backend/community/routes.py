"""HTTP doors of a community."""

from typing import Annotated

from litestar import Router
from litestar.params import FromPath, JSONBody, QueryParameter

from backend.community import actions, queries, rules
from backend.community.schemas import HouseholdView, SeatMember, SeatView
from backend.community.types import CommunityBody
from backend.core.access import Permission
from backend.core.doors import Asking, OneTime, get, post
from backend.core.paging import After, Limit
from backend.core.wire import Page

BodyFilter = Annotated[CommunityBody | None, QueryParameter(name="body")]


@get("/places/{code:str}/households", needs=Permission.READ_REGISTER)
async def list_households(
    actor: Asking, code: FromPath[str], limit: Limit = 20, after: After = None
) -> Page[HouseholdView]:
    """List the households of a community."""
    return await queries.list_households(actor, code, limit, after)


@get("/places/{code:str}/body-memberships", needs=Permission.SIGNED_IN)
async def list_seats(
    actor: Asking, code: FromPath[str], of_body: BodyFilter = None
) -> list[SeatView]:
    """List who sits in the bodies of your community; names are masked but for their keepers."""
    return await queries.list_seats(actor, code, of_body)


@post(
    "/places/{code:str}/body-memberships",
    needs=Permission.KEEP_BODIES,
    refuses=(rules.SeatAlreadyHeld, rules.ChairTaken, rules.NotAResident),
)
async def seat_member(
    actor: Asking, code: FromPath[str], data: JSONBody[SeatMember], once: OneTime
) -> SeatView:
    """Seat a resident in a body of the community."""
    return await once.run(lambda: actions.seat_member(actor, code, data), SeatView)


router = Router(
    "/v1", route_handlers=[list_households, list_seats, seat_member], tags=["community"]
)
