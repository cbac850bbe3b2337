"""How long something stays public, and the fingerprint by which anybody can check it."""

import hashlib
from datetime import datetime

import msgspec

from backend.core.problems import Kind, Refusal
from backend.publications.types import NewPublication, PublicationKind

MIN_DAYS = 15
"""居民委员会组织法 §34: decisions, public money and their implementation, at least 15 days."""

_KINDS_UNDER_LAW = frozenset({PublicationKind.DECISION, PublicationKind.AWARD})


class PublicationTooShort(Refusal):
    """Decisions and awards stay public for 15 days at least (居民委员会组织法 §34)."""

    kind = Kind.INVALID
    code = "publication-too-short"
    zh = (
        "公示期不得少于 {min_days} 天，现为 {days} 天，请延长公示期；"
        "决定和立项结果依法至少公示 15 天（居民委员会组织法第三十四条）。"
    )
    en = (
        "This must stay public for at least {min_days} days, not {days}: make the period longer."
        " Decisions and awards take 15 days by law (Residents' Committees Act §34)."
    )


def min_days_of(kind: PublicationKind) -> int:
    """The shortest period of a kind in days: 15 where the law says so, else 1."""
    return MIN_DAYS if kind in _KINDS_UNDER_LAW else 1


def require_period(kind: PublicationKind, days: int) -> None:
    """A decision or an award is public for 15 days or longer, anything else for a day."""
    min_days = min_days_of(kind)
    if days < min_days:
        raise PublicationTooShort(min_days=min_days, days=days)


def canonical_content(new: NewPublication, starts_at: datetime, ends_at: datetime) -> bytes:
    """The eight members that are hashed, as JSON: keys sorted, no blanks, UTF-8, times in UTC.

    The same bytes come from the members of the public answer as they stand there, so that anybody
    can compute the SHA-256 again.
    """
    content = {
        "place_code": new.place_code,
        "kind": new.kind,
        "title": new.title,
        "text": new.text,
        "facts": new.facts,
        "subject": {"kind": new.subject_kind, "id": new.subject_id},
        "starts_at": starts_at,
        "ends_at": ends_at,
    }
    return msgspec.json.encode(content, order="deterministic")


def content_sha256(new: NewPublication, starts_at: datetime, ends_at: datetime) -> str:
    """The fingerprint (hex) of what is made public."""
    return hashlib.sha256(canonical_content(new, starts_at, ends_at)).hexdigest()
