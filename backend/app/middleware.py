"""The frame around every request: its id, its log line, its rate limit. Never a body.

It stands outside Litestar's router, so that unknown addresses are framed too. The rate limit is
drawn from Redis in shares of a hundredth, so that most requests do not ask Redis at all.
"""

import re
import secrets
import time

import msgspec
import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from backend.app.errors import problem_headers
from backend.core import logs
from backend.core.doors import PROBLEM_MEDIA_TYPE
from backend.core.limits import Limit, Shares
from backend.core.problems import InternalError, Refusal, TooManyRequests, language_of, problem_body

PER_ADDRESS = Limit("address", 30_000, 60)
"""High on purpose: a hall of 2,000 shares one address."""

_GIVEN_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_log = structlog.get_logger("linli.frame")


class RequestFrame:
    """Pure ASGI: `X-Request-Id` in and out, one log line a request, one rate limit an address."""

    def __init__(self, app: ASGIApp, limit: Limit = PER_ADDRESS) -> None:
        self.app = app
        self._shares = Shares(limit)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request inside the frame."""
        if scope["type"] == ScopeType.HTTP:
            await self._serve(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _serve(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        given = _header(scope, b"x-request-id")
        request_id = given if _GIVEN_ID.fullmatch(given) else secrets.token_hex(16).encode()
        started, status = time.perf_counter(), 0

        async def send_framed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message["headers"],
                    (b"x-request-id", request_id),
                    (b"x-content-type-options", b"nosniff"),
                ]
            await send(message)

        token = logs.request_id.set(request_id.decode())
        try:
            wait_s = await self._shares.draw(_address(scope))
            if wait_s:
                await _refuse(scope, send_framed, TooManyRequests(retry_after_s=wait_s))
            else:
                await self.app(scope, receive, send_framed)
        except Exception as error:  # noqa: BLE001  (the server would log its message)
            _log.error("response_broken", exc_info=error)
            if not status:
                await _refuse(scope, send_framed, InternalError())
        finally:
            took_ms = (time.perf_counter() - started) * 1000
            route = scope.get("path_template") or "-"
            logs.log_request(scope["method"], route, status, took_ms)
            logs.request_id.reset(token)


def _header(scope: HTTPScope, name: bytes) -> bytes:
    for key, value in scope["headers"]:
        if key == name:
            return value
    return b""


def _address(scope: HTTPScope) -> str:
    client = scope["client"]
    return client[0] if client else "unknown"


async def _refuse(scope: HTTPScope, send: Send, refusal: Refusal) -> None:
    """A problem document where Litestar is not at hand."""
    language = language_of(_header(scope, b"accept-language").decode("latin-1"))
    body = msgspec.json.encode(problem_body(refusal, language, scope["path"]))
    headers = {"Content-Type": PROBLEM_MEDIA_TYPE, **problem_headers(refusal, language)}
    await send(
        {
            "type": "http.response.start",
            "status": refusal.status,
            "headers": [(name.lower().encode(), text.encode()) for name, text in headers.items()],
        }
    )
    await send({"type": "http.response.body", "body": body, "more_body": False})
