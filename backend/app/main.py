"""The application: the routes of all rooms behind one guard, one error format, one contract."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.di import Provide

from backend import settings as settings_module
from backend.app import clock, health, problems
from backend.app.access import guard_access, require_declared_access
from backend.app.errors import EXCEPTION_HANDLERS
from backend.app.middleware import RequestFrame
from backend.app.rooms import ROUTERS
from backend.app.schema import complete_document, openapi_config
from backend.core import cache, live
from backend.core.db import close_pool, connect_pool
from backend.core.doors import provide_actor, provide_once
from backend.core.logs import configure_logs
from backend.core.sealing import load_ring, use_ring
from backend.settings import Settings

MAX_BODY_BYTES = 1_000_000


@asynccontextmanager
async def connected(app: Litestar) -> AsyncIterator[None]:
    """Open what a process needs, and close it again: pool, Redis, live hub."""
    settings: Settings = app.state.settings
    if settings.database_url:
        use_ring(load_ring(settings.secrets_file))
        await connect_pool(settings.database_url, settings.pool_size)
    cache.use_cache(cache.Cache(settings.redis_url))
    await live.hub().start()
    try:
        yield
    finally:
        await live.hub().stop()
        await cache.current().close()
        if settings.database_url:
            await close_pool()


def create_app(settings: Settings | None = None) -> Litestar:
    """Build the application; raises where a handler does not declare what it needs."""
    chosen = settings or settings_module.current()
    chosen.require_fit()
    settings_module.use_settings(chosen)
    app = Litestar(
        route_handlers=[*ROUTERS, clock.router, health.router, problems.router],
        guards=[guard_access],
        dependencies={
            "actor": Provide(provide_actor, sync_to_thread=False),
            "once": Provide(provide_once),
        },
        exception_handlers=EXCEPTION_HANDLERS,
        openapi_config=openapi_config(),
        lifespan=[connected],
        request_max_body_size=MAX_BODY_BYTES,
        logging_config=None,
        debug=False,
    )
    app.asgi_handler = RequestFrame(app.asgi_handler)
    app.state.settings = chosen
    require_declared_access(app)
    complete_document(app)
    return app


def served_app() -> Litestar:
    """The application with settings from the environment, for `uvicorn --factory`."""
    configure_logs()
    return create_app()
