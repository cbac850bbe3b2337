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

from backend.app.fields import field_errors
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
Problem = Response[dict[str, Any]]


def problem_headers(refusal: Refusal, language: str) -> dict[str, str]:
    """`Retry-After` where waiting helps, `WWW-Authenticate` where signing in does."""
    headers = {"Content-Language": language}
    if refusal.status in (429, 503):
        headers["Retry-After"] = str(refusal.facts.get("retry_after_s", 1))
    if refusal.status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="linli"'
    return headers


def problem_response(request: Asked, refusal: Refusal) -> Problem:
    """The problem document of a refusal, in the language of the request."""
    language = _language(request)
    return Response(
        problem_body(refusal, language, request.url.path),
        status_code=refusal.status,
        media_type=PROBLEM_MEDIA_TYPE,
        headers=problem_headers(refusal, language),
    )


def _language(request: Asked) -> str:
    return language_of(request.headers.get("accept-language"))


def _answer_refusal(request: Asked, error: Refusal) -> Problem:
    return problem_response(request, error)


def _answer_unreadable(request: Asked, _: SerializationException) -> Problem:
    return problem_response(request, Malformed(reason="JSON"))


def _answer_invalid(request: Asked, error: ValidationException) -> Problem:
    entries = error.extra if isinstance(error.extra, list) else []
    errors = field_errors(entries, _language(request))
    fields = sorted({entry["field"] for entry in errors})
    return problem_response(request, InvalidRequest(fields=fields or ["body"], errors=errors))


def _answer_http(request: Asked, error: HTTPException) -> Problem:
    return problem_response(request, _refusal_of_http_error(error))


def _refusal_of_http_error(error: HTTPException) -> Refusal:
    if isinstance(error, MethodNotAllowedException):
        return MethodNotAllowed()
    if isinstance(error, NotFoundException):
        return NotFound()
    if error.status_code >= 500:
        return _internal(error)
    return Malformed(reason=error.detail[:200])


def _answer_any(request: Asked, error: Exception) -> Problem:
    known = refusal_of_database_error(error)
    if known is None:
        return problem_response(request, _internal(error))
    _log.warning("database_refused", code=known.code, exc_info=error)
    return problem_response(request, known)


def _answer_too_deep(request: Asked, _: RecursionError) -> Problem:
    return problem_response(request, Malformed(reason="JSON"))


def _internal(error: Exception) -> Refusal:
    _log.error("internal_error", exc_info=error)
    return InternalError()


EXCEPTION_HANDLERS: dict[Any, Any] = {
    Refusal: _answer_refusal,
    SerializationException: _answer_unreadable,
    ValidationException: _answer_invalid,
    HTTPException: _answer_http,
    RecursionError: _answer_too_deep,
    Exception: _answer_any,
}
