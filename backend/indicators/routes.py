"""HTTP doors of indicators."""

from datetime import date

from litestar import Router
from litestar.params import FromPath, FromQuery

from backend.core.access import Permission
from backend.core.doors import Asking, HttpRequest, get
from backend.core.paging import After, Limit
from backend.core.problems import language_of
from backend.core.wire import Page
from backend.indicators import queries
from backend.indicators.schemas import IndicatorsView, LoopView
from backend.policies.queries import GET_PACK_IN_FORCE_REFUSES


@get(
    "/places/{code:str}/indicators",
    needs=Permission.READ_PROJECTS,
    refuses=GET_PACK_IN_FORCE_REFUSES,
)
async def get_indicators(
    actor: Asking, code: FromPath[str], request: HttpRequest, on: FromQuery[date | None] = None
) -> IndicatorsView:
    """Read what a place has reached in the twelve months up to a day.

    Each figure stands with its numerator and denominator; each promise lists what it misses.
    """
    language = language_of(request.headers.get("accept-language"))
    return await queries.get_indicators(actor, code, on, language)


@get("/places/{code:str}/loops", needs=Permission.READ_PROJECTS)
async def list_loops(
    actor: Asking, code: FromPath[str], limit: Limit = 20, after: After = None
) -> Page[LoopView]:
    """Read what became of each need: said, decided, paid for, served."""
    return await queries.list_loops(actor, code, limit, after)


router = Router("/v1", route_handlers=[get_indicators, list_loops], tags=["indicators"])
