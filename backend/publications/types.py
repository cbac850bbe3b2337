"""Values of publications."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class PublicationKind(StrEnum):
    """What is made public: 通知, 决定, 立项 (award), 居务公开 (disclosure)."""

    NOTICE = "notice"
    DECISION = "decision"
    AWARD = "award"
    DISCLOSURE = "disclosure"


@dataclass(frozen=True, slots=True)
class NewPublication:
    """What a room makes public, starting now, for so many days (of 24 hours).

    Title, text and facts carry masked names only (`core.masking.masked_name`); `facts` are JSON
    values. `subject_kind` and `subject_id` name what it is about.
    """

    place_code: str
    kind: PublicationKind
    title: str
    text: str
    facts: dict[str, Any]
    subject_kind: str
    subject_id: str
    days: int
