"""The frame around each request: its id, its log line, its rate limit. Never a body."""

import re
import time
from uuid import uuid4

import structlog
from litestar.datastructures import MutableScopeHeaders
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from backend.core.limits import Limit, count_request
from backend.core.problems import TooManyRequests

PER_ADDRESS = Limit("address", 30_000, 60)
"""High on purpose: a hall of 2,000 shares one address."""

_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
_log = structlog.get_logger("linli.access")


class RequestFrame:
    """Pure ASGI: `X-Request-Id` in and out, one log line a request, one rate limit an address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request inside the frame."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(scope)
        started, status = time.perf_counter(), 0

        async def send_framed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableScopeHeaders.from_message(message)
                headers["x-request-id"] = request_id
                headers["x-content-type-options"] = "nosniff"
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await _admit(scope)
                await self.app(scope, receive, send_framed)
            finally:
                took_ms = round((time.perf_counter() - started) * 1000, 1)
                _log.info(
                    "request",
                    method=scope["method"],
                    route=scope.get("path_template", scope["path"]),
                    status=status,
                    ms=took_ms,
                )


async def _admit(scope: Scope) -> None:
    client = scope.get("client")
    verdict = await count_request(PER_ADDRESS, client[0] if client else "unknown")
    if verdict is not None and not verdict.allowed:
        raise TooManyRequests(retry_after_s=max(verdict.reset_s, 1))


def _request_id(scope: Scope) -> str:
    given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
    return given if _GIVEN_ID.fullmatch(given) else uuid4().hex
