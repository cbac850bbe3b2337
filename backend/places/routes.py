"""HTTP doors of places."""

from typing import Annotated

from litestar import Router
from litestar.params import FromPath, FromQuery, QueryParameter

from backend.core.access import Permission
from backend.core.doors import get
from backend.core.paging import After, Limit
from backend.core.wire import Page
from backend.places import queries
from backend.places.schemas import PlaceView
from backend.places.types import PlaceKind

Code = Annotated[str | None, QueryParameter(max_length=24)]
Search = Annotated[str | None, QueryParameter(min_length=1, max_length=40)]


@get("/places", needs=Permission.PUBLIC)
async def list_places(
    parent: Code = None,
    kind: FromQuery[PlaceKind | None] = None,
    q: Search = None,
    limit: Limit = 20,
    after: After = None,
) -> Page[PlaceView]:
    """List places by parent, kind or part of the name."""
    return await queries.list_places(parent, kind, q, limit, after)


@get("/places/{code:str}", needs=Permission.PUBLIC)
async def get_place(code: FromPath[str]) -> PlaceView:
    """Read one place."""
    return await queries.get_place_view(code)


router = Router("/v1", route_handlers=[list_places, get_place], tags=["places"])
