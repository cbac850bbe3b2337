"""Refusals, and the only mapping of them to HTTP (RFC 9457 `application/problem+json`)."""

from backend.core.problems.database import (
    refusal_of_database_error,
)
from backend.core.problems.document import (
    language_of,
    problem_body,
)
from backend.core.problems.general import (
    Conflict,
    InternalError,
    InvalidRequest,
    Malformed,
    MethodNotAllowed,
    NotFound,
    NotPermitted,
    NotSignedIn,
    TooManyRequests,
    Unavailable,
    ValueNotStorable,
)
from backend.core.problems.refusal import (
    BY_CONSTRAINT,
    REFUSALS,
    STATUS,
    TITLES,
    Kind,
    Refusal,
)

__all__ = [
    "BY_CONSTRAINT",
    "REFUSALS",
    "STATUS",
    "TITLES",
    "Conflict",
    "InternalError",
    "InvalidRequest",
    "Kind",
    "Malformed",
    "MethodNotAllowed",
    "NotFound",
    "NotPermitted",
    "NotSignedIn",
    "Refusal",
    "TooManyRequests",
    "Unavailable",
    "ValueNotStorable",
    "language_of",
    "problem_body",
    "refusal_of_database_error",
]
