"""HTTP doors of needs."""

from typing import Annotated
from uuid import UUID

from litestar import Router
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from backend.core.access import Permission
from backend.core.doors import Asking, HttpRequest, OneTime, get, post
from backend.core.paging import After, Limit
from backend.core.problems import language_of
from backend.core.wire import Page
from backend.needs import actions, queries, rules
from backend.needs.schemas import HearNeed, NeedLine, NeedView
from backend.needs.types import NeedCategory, NeedState

State = Annotated[NeedState | None, QueryParameter(name="state")]
"""Litestar keeps the name `state` for itself."""


def _language(request: HttpRequest) -> str:
    return language_of(request.headers.get("accept-language"))


@get("/places/{code:str}/needs", needs=Permission.SIGNED_IN)
async def list_needs(
    actor: Asking,
    request: HttpRequest,
    code: FromPath[str],
    *,
    category: FromQuery[NeedCategory | None] = None,
    reached: State = None,
    limit: Limit = 20,
    after: After = None,
) -> Page[NeedLine]:
    """List the needs of a place, newest first; for its residents and staff."""
    return await queries.list_needs(
        actor,
        code,
        category=category,
        state=reached,
        language=_language(request),
        limit=limit,
        after=after,
    )


@post("/places/{code:str}/needs", needs=Permission.KEEP_NEEDS, refuses=(rules.VoiceNotResident,))
async def hear_need(
    actor: Asking,
    request: HttpRequest,
    code: FromPath[str],
    data: JSONBody[HearNeed],
    once: OneTime,
) -> NeedView:
    """Raise a need that was heard on a visit, at a meeting or in a suggestion.

    Who named it is told in the inbox at each step of what becomes of it.
    """
    return await once.run(
        lambda: actions.hear_need(actor, code, data, _language(request)), NeedView
    )


@get("/needs/{need_id:uuid}", needs=Permission.SIGNED_IN)
async def read_need(actor: Asking, request: HttpRequest, need_id: FromPath[UUID]) -> NeedView:
    """Read a need and what became of it; the private part only where you keep needs."""
    return await queries.view_need(actor, need_id, _language(request))


router = Router("/v1", route_handlers=[list_needs, hear_need, read_need], tags=["needs"])
