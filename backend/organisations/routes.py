"""HTTP doors of organisations."""

from typing import Annotated
from uuid import UUID

from litestar import Router
from litestar.params import FromPath, QueryParameter

from backend.core.access import Permission
from backend.core.doors import get
from backend.core.paging import After, Limit
from backend.core.wire import Page
from backend.organisations import queries
from backend.organisations.schemas import OrganisationView

Code = Annotated[str | None, QueryParameter(max_length=24)]


@get("/organisations", needs=Permission.PUBLIC)
async def list_organisations(
    place: Code = None, limit: Limit = 20, after: After = None
) -> Page[OrganisationView]:
    """List organisations at a place and below it."""
    return await queries.list_organisations(place, limit, after)


@get("/organisations/{organisation_id:uuid}", needs=Permission.PUBLIC)
async def get_organisation(organisation_id: FromPath[UUID]) -> OrganisationView:
    """Read one organisation."""
    return await queries.get_organisation_view(organisation_id)


router = Router(
    "/v1", route_handlers=[list_organisations, get_organisation], tags=["organisations"]
)
