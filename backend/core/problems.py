"""Refusals, and the only mapping of them to HTTP (RFC 9457 `application/problem+json`).

A rule or action refuses by raising a subclass of `Refusal` that lives beside the rule. A database
constraint that guards the same rule is named on the class, so that a lost race reads the same.
"""

from enum import StrEnum
from typing import Any, ClassVar

import asyncpg


class Kind(StrEnum):
    """What sort of refusal it is; decides the HTTP status and nothing else."""

    MALFORMED = "malformed"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    STALE = "stale"
    INVALID = "invalid"
    PRECONDITION_MISSING = "precondition_missing"
    TOO_MANY = "too_many"
    UNAVAILABLE = "unavailable"


STATUS: dict[Kind, int] = {
    Kind.MALFORMED: 400,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.STALE: 412,
    Kind.INVALID: 422,
    Kind.PRECONDITION_MISSING: 428,
    Kind.TOO_MANY: 429,
    Kind.UNAVAILABLE: 503,
}

TITLES: dict[Kind, tuple[str, str]] = {
    Kind.MALFORMED: ("请求格式有误", "Malformed request"),
    Kind.UNAUTHENTICATED: ("请先登录", "Sign-in needed"),
    Kind.FORBIDDEN: ("没有权限", "Not permitted"),
    Kind.NOT_FOUND: ("未找到", "Not found"),
    Kind.CONFLICT: ("与现状冲突", "Conflict"),
    Kind.STALE: ("内容已被更新", "Stale"),
    Kind.INVALID: ("内容不符合要求", "Invalid"),
    Kind.PRECONDITION_MISSING: ("缺少前提条件", "Precondition missing"),
    Kind.TOO_MANY: ("操作过于频繁", "Too many requests"),
    Kind.UNAVAILABLE: ("暂时无法服务", "Unavailable"),
}

REFUSALS: dict[str, type["Refusal"]] = {}
_BY_CONSTRAINT: dict[str, type["Refusal"]] = {}


class Refusal(Exception):
    """A clear no: a stable code, a sentence in two languages, and the facts a client needs.

    `zh` and `en` are templates over the facts. `constraint` names the database constraint that
    guarantees the same rule.
    """

    kind: ClassVar[Kind]
    code: ClassVar[str]
    zh: ClassVar[str]
    en: ClassVar[str]
    constraint: ClassVar[str | None] = None

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts = facts

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if REFUSALS.setdefault(cls.code, cls).__qualname__ != cls.__qualname__:
            raise TypeError(f"two refusals share the code {cls.code}")
        if cls.constraint:
            _BY_CONSTRAINT[cls.constraint] = cls

    @property
    def status(self) -> int:
        """The HTTP status of this refusal."""
        return STATUS[self.kind]

    def sentence(self, language: str) -> str:
        """The refusal in the reader's words; `language` is zh-CN or en."""
        template = self.en if language == "en" else self.zh
        return template.format_map({key: _readable(value) for key, value in self.facts.items()})


def _readable(value: Any) -> Any:
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else value


class Malformed(Refusal):
    """The body is no JSON, or a parameter cannot be read."""

    kind = Kind.MALFORMED
    code = "malformed-request"
    zh = "请求无法读取：{reason}"
    en = "The request cannot be read: {reason}"


class InvalidRequest(Refusal):
    """Fields are missing, unknown or out of bounds; `errors` lists field and message."""

    kind = Kind.INVALID
    code = "invalid-request"
    zh = "请检查这些内容：{fields}"
    en = "Please check: {fields}"


class NotSignedIn(Refusal):
    """No bearer token, or one that is unknown, expired or revoked."""

    kind = Kind.UNAUTHENTICATED
    code = "not-signed-in"
    zh = "登录已失效，请重新登录。"
    en = "You are not signed in, or your sign-in has ended. Please sign in again."


class NotPermitted(Refusal):
    """The account holds no role that allows this here."""

    kind = Kind.FORBIDDEN
    code = "not-permitted"
    zh = "您没有办理此事的权限。如有需要，请联系社区工作人员。"
    en = "Your roles do not allow this. Ask your community's staff if you need it."


class NotFound(Refusal):
    """Absent, or hidden from this person: the two read the same on purpose."""

    kind = Kind.NOT_FOUND
    code = "not-found"
    zh = "没有找到相关内容。"
    en = "There is nothing here that you may see."


class MethodNotAllowed(Refusal):
    """The address exists, the method does not."""

    kind = Kind.MALFORMED
    code = "method-not-allowed"
    zh = "此地址不支持该操作。"
    en = "This address does not take that method."

    @property
    def status(self) -> int:
        """RFC 9110 has a status of its own for this."""
        return 405


class TooManyRequests(Refusal):
    """A rate limit was reached; `retry_after_s` says when to try again."""

    kind = Kind.TOO_MANY
    code = "too-many-requests"
    zh = "操作过于频繁，请在 {retry_after_s} 秒后再试。"
    en = "Too many requests; try again in {retry_after_s} seconds."


class Unavailable(Refusal):
    """The database did not answer in time; nothing was changed."""

    kind = Kind.UNAVAILABLE
    code = "unavailable"
    zh = "系统繁忙，您的操作没有生效，请稍后再试。"
    en = "The service is busy; nothing was changed. Please try again."


class Conflict(Refusal):
    """Two changes met and this one lost; nothing of it was kept."""

    kind = Kind.CONFLICT
    code = "conflict"
    zh = "与他人的操作冲突，您的操作没有生效，请刷新后再试。"
    en = "Another change came first; nothing of yours was kept. Refresh and try again."


class InternalError(Refusal):
    """A fault of ours; the request id finds it in the logs."""

    kind = Kind.UNAVAILABLE
    code = "internal-error"
    zh = "系统出错，已记录。请稍后再试或联系工作人员。"
    en = "Something went wrong on our side and was recorded. Please try again later."

    @property
    def status(self) -> int:
        """The one status that no rule may give."""
        return 500


def refusal_of_database_error(error: Exception) -> Refusal | None:
    """The refusal that a database error means: by constraint name, else by its class."""
    if isinstance(error, asyncpg.IntegrityConstraintViolationError):
        named = _BY_CONSTRAINT.get(error.constraint_name or "")
        return named() if named else None
    if isinstance(error, asyncpg.LockNotAvailableError | asyncpg.SerializationError):
        return Conflict()
    if isinstance(error, asyncpg.DeadlockDetectedError):
        return Conflict()
    unavailable = (
        asyncpg.QueryCanceledError,
        asyncpg.PostgresConnectionError,
        asyncpg.InterfaceError,
        asyncpg.TooManyConnectionsError,
        asyncpg.CannotConnectNowError,
        asyncpg.AdminShutdownError,
        asyncpg.CrashShutdownError,
        ConnectionError,
        TimeoutError,
    )
    return Unavailable() if isinstance(error, unavailable) else None


def language_of(accept_language: str | None) -> str:
    """The language of an `Accept-Language` header: `en` where it is named first, else zh-CN."""
    first = (accept_language or "").split(",")[0].strip().lower()
    return "en" if first.startswith("en") else "zh-CN"


def problem_body(refusal: Refusal, language: str, instance: str) -> dict[str, Any]:
    """The RFC 9457 document of a refusal; facts become members beside the standard ones."""
    zh, en = TITLES[refusal.kind]
    return {
        **refusal.facts,
        "type": f"/problems/{refusal.code}",
        "title": en if language == "en" else zh,
        "status": refusal.status,
        "detail": refusal.sentence(language),
        "instance": instance,
    }
