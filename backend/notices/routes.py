"""HTTP doors of notices."""

from uuid import UUID

from litestar import Router
from litestar.params import FromPath, FromQuery

from backend.core.access import Permission
from backend.core.doors import Asking, HttpRequest, OneTime, get, post
from backend.core.paging import After, Limit
from backend.core.problems import language_of
from backend.core.wire import Page
from backend.notices import actions, queries
from backend.notices.schemas import NoticeView


def _language(request: HttpRequest) -> str:
    return language_of(request.headers.get("accept-language"))


@get("/me/notices", needs=Permission.SIGNED_IN)
async def list_notices(
    actor: Asking,
    request: HttpRequest,
    unread: FromQuery[bool | None] = None,
    limit: Limit = 20,
    after: After = None,
) -> Page[NoticeView]:
    """Read your inbox, newest first."""
    return await queries.list_notices(actor.person_id, unread, _language(request), limit, after)


@post("/me/notices/{notice_id:uuid}/read", needs=Permission.SIGNED_IN, status_code=200)
async def read_notice(
    actor: Asking, request: HttpRequest, notice_id: FromPath[UUID], once: OneTime
) -> NoticeView:
    """Mark a message in your inbox as read; doing it again changes nothing."""
    return await once.run(
        lambda: actions.read_notice(actor.person_id, notice_id, _language(request)), NoticeView
    )


router = Router("/v1", route_handlers=[list_notices, read_notice], tags=["notices"])
