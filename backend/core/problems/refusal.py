"""What a refusal is, and the HTTP status of each kind.

A rule or action refuses by raising a subclass of `Refusal` that lives beside the rule. A database
constraint that guards the same rule is named on the class, so that a lost race reads the same.
"""

from enum import StrEnum
from typing import Any, ClassVar


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
BY_CONSTRAINT: dict[str, type["Refusal"]] = {}


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
            BY_CONSTRAINT[cls.constraint] = cls

    @property
    def status(self) -> int:
        """The HTTP status of this refusal."""
        return STATUS[self.kind]

    def sentence(self, language: str) -> str:
        """The refusal in the reader's words; `language` is zh-CN or en.

        A violated constraint brings no facts: what the sentence misses reads as an ellipsis.
        """
        template = self.en if language == "en" else self.zh
        return template.format_map(
            _Readable((key, _readable(value)) for key, value in self.facts.items())
        )


class _Readable(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def _readable(value: Any) -> Any:
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else value
