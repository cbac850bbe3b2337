"""Health: alive (this process answers) and ready (the database answers in time)."""

from litestar import Response, Router

from backend.core import cache
from backend.core.access import Permission
from backend.core.db import fetch_value
from backend.core.doors import get
from backend.core.wire import View


class LiveView(View):
    """The process answers."""

    status: str


class ReadyView(View):
    """What the process can reach; without Redis it still serves."""

    status: str
    database: bool
    redis: bool


@get("/live", needs=Permission.PUBLIC)
async def read_live() -> LiveView:
    """Whether the process answers at all."""
    return LiveView(status="ok")


@get("/ready", needs=Permission.PUBLIC)
async def read_ready() -> Response[ReadyView]:
    """Whether the database answers; 503 when it does not."""
    await fetch_value("SELECT 1")
    known = cache.current()
    redis = known.client is not None and bool(await known.ask(known.client.ping()))
    return Response(ReadyView(status="ok", database=True, redis=redis))


router = Router("/health", route_handlers=[read_live, read_ready], tags=["health"])
