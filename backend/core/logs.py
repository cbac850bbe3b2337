"""Structured logs: one JSON line an event, never a body, a header, a cookie or a query string.

An error is logged as its class, its SQLSTATE and where it arose, never with its message: those
of PostgreSQL (`DETAIL: Key (phone)=(…)`) and many of Python repeat the values of a request.
"""

import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

import msgspec
import structlog
from structlog.typing import EventDict

request_id: ContextVar[str] = ContextVar("linli_request_id", default="")
"""The id of the request that this task serves; every line of it carries the id."""

_access: list[TextIO] = []


def configure_logs(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Send every log line to `stream` (default standard error) as JSON, other libraries' too."""
    target = stream or sys.stderr
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _name_request,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _describe_error,
            structlog.processors.JSONRenderer(serializer=_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(target),
        cache_logger_on_first_use=False,
    )
    _access[:] = [target] if level <= logging.INFO else []
    handler = logging.StreamHandler(target)
    handler.setFormatter(_JsonFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = name != "uvicorn.access"


def log_request(method: str, route: str, status: int, ms: float) -> None:
    """The one line of a request; on every request, so it takes the short way to the stream."""
    for stream in _access:
        line = {
            "event": "request",
            "method": method,
            "route": route,
            "status": status,
            "ms": round(ms, 1),
            "request_id": request_id.get(),
            "level": "info",
            "timestamp": datetime.now(UTC),
        }
        stream.write(f"{msgspec.json.encode(line).decode()}\n")
        stream.flush()


def describe_error(error: BaseException) -> dict[str, Any]:
    """What may be logged of an error: its class, database facts without values, its places."""
    found: dict[str, Any] = {"error": type(error).__name__, "at": _places(error.__traceback__)}
    for name in ("sqlstate", "constraint_name", "table_name", "column_name"):
        value = getattr(error, name, None)
        if isinstance(value, str):
            found[name] = value
    cause = error.__cause__ or error.__context__
    if cause is not None:
        found["cause"] = type(cause).__name__
        found["cause_at"] = _places(cause.__traceback__)
    return found


def _places(trace: TracebackType | None) -> list[str]:
    """The last frames, innermost first, without source lines or values."""
    frames = traceback.extract_tb(trace)[-12:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames)]


def _name_request(_: Any, __: str, event: EventDict) -> EventDict:
    if named := request_id.get():
        event["request_id"] = named
    return event


def _describe_error(_: Any, __: str, event: EventDict) -> EventDict:
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    return {**event, **describe_error(error)} if isinstance(error, BaseException) else event


def _json(event: dict[str, Any], **_: Any) -> str:
    return msgspec.json.encode(event, enc_hook=lambda value: type(value).__name__).decode()


class _JsonFormatter(logging.Formatter):
    """A line of another library: its own text, and of an exception what may be logged.

    A line that comes with an exception gives up its text as well: it may quote the message.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {"logger": record.name, "level": record.levelname.lower()}
        error = record.exc_info[1] if record.exc_info else None
        line |= describe_error(error) if error else {"event": record.getMessage()}
        return _json(line)
