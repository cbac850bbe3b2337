"""The route lock: every handler says what it needs, and the guard asks for it on each request."""

from typing import Any

from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler

from backend.core.access import Permission
from backend.core.problems import NotPermitted, NotSignedIn
from backend.core.tokens import read_access_token
from backend.identity import queries as identity

Connection = ASGIConnection[Any, Any, Any, Any]


async def guard_access(connection: Connection, handler: BaseRouteHandler) -> None:
    """Find the actor behind the bearer token and refuse who may not come in here."""
    needs: Permission = handler.opt.get("needs", Permission.PUBLIC)
    if needs is Permission.PUBLIC:
        return
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    known = read_access_token(token) if scheme.lower() == "bearer" else None
    actor = await identity.find_actor(known) if known else None
    if actor is None:
        raise NotSignedIn
    connection.scope["user"] = actor
    if not actor.may_somewhere(needs):
        raise NotPermitted


def require_declared_access(app: Litestar) -> None:
    """Refuse to start with a handler of ours that does not say what it needs."""
    silent = [
        f"{route.path}: {handler.handler_name}"
        for route in app.routes
        for handler in getattr(route, "route_handlers", [])
        if isinstance(handler, HTTPRouteHandler)
        and route.path.startswith("/v1")
        and "OPTIONS" not in handler.http_methods
        and "needs" not in handler.opt
    ]
    if silent:
        raise RuntimeError(f"handlers without declared access: {', '.join(silent)}")
