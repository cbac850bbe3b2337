"""Every error leaves as one RFC 9457 problem in the reader's language."""

from typing import Any

import structlog
from litestar import Request, Response
from litestar.exceptions import (
    HTTPException,
    MethodNotAllowedException,
    NotFoundException,
    SerializationException,
    ValidationException,
)

from backend.core.doors import PROBLEM_MEDIA_TYPE
from backend.core.problems import (
    InternalError,
    InvalidRequest,
    Malformed,
    MethodNotAllowed,
    NotFound,
    Refusal,
    language_of,
    problem_body,
    refusal_of_database_error,
)

_log = structlog.get_logger("linli.errors")
Asked = Request[Any, Any, Any]


def problem_response(request: Asked, refusal: Refusal) -> Response[dict[str, Any]]:
    """The problem document of a refusal, with `Retry-After` where waiting helps."""
    headers = {}
    if refusal.status in (429, 503):
        headers["Retry-After"] = str(refusal.facts.get("retry_after_s", 1))
    if refusal.status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="linli"'
    language = language_of(request.headers.get("accept-language"))
    return Response(
        problem_body(refusal, language, request.url.path),
        status_code=refusal.status,
        media_type=PROBLEM_MEDIA_TYPE,
        headers={**headers, "Content-Language": language},
    )


def _answer_refusal(request: Asked, error: Exception) -> Response[dict[str, Any]]:
    assert isinstance(error, Refusal)  # noqa: S101  (the map below says so)
    return problem_response(request, error)


def _answer_http(request: Asked, error: Exception) -> Response[dict[str, Any]]:
    return problem_response(request, _refusal_of_http_error(error))


def _refusal_of_http_error(error: Exception) -> Refusal:
    if isinstance(error, ValidationException):
        return _invalid(error)
    if isinstance(error, MethodNotAllowedException):
        return MethodNotAllowed()
    if isinstance(error, NotFoundException):
        return NotFound()
    if isinstance(error, HTTPException) and error.status_code >= 500:
        return _internal(error)
    return Malformed(reason=getattr(error, "detail", str(error))[:200])


def _invalid(error: ValidationException) -> Refusal:
    entries = error.extra if isinstance(error.extra, list) else []
    errors = [
        {"field": str(entry.get("key", "body")), "message": str(entry.get("message", ""))[:300]}
        for entry in entries
        if isinstance(entry, dict)
    ]
    if not errors:
        return Malformed(reason=str(error.detail)[:200])
    fields = sorted({entry["field"] for entry in errors})
    return InvalidRequest(fields=fields, errors=errors)


def _answer_any(request: Asked, error: Exception) -> Response[dict[str, Any]]:
    known = refusal_of_database_error(error)
    return problem_response(request, known or _internal(error))


def _internal(error: Exception) -> Refusal:
    _log.error("internal_error", error=type(error).__name__, exc_info=error)
    return InternalError()


EXCEPTION_HANDLERS: dict[Any, Any] = {
    Refusal: _answer_refusal,
    SerializationException: lambda request, _: problem_response(request, Malformed(reason="JSON")),
    HTTPException: _answer_http,
    Exception: _answer_any,
}
