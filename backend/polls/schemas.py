"""What crosses the wire in polls."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from backend.core.wire import Body, View
from backend.polls.types import (
    Basis,
    Choice,
    ClauseOutcome,
    Electorate,
    MotionState,
    Of,
    Outcome,
    PresenceMode,
    Secrecy,
)

MAX_MINUTES = 86_400
"""60 days, the longest voting period of a shipped rule (Hangzhou)."""


class OpenMotion(Body):
    """How long voting stays open."""

    minutes: Annotated[int, Meta(ge=1, le=MAX_MINUTES, examples=[15])]


class CastBallot(Body):
    """What the voter says: yes (同意), no (反对) or abstain (弃权)."""

    choice: Choice


class ReceiptView(View):
    """A ballot stands in the roll's book: 16 hex digits that its voter can have checked."""

    motion_id: UUID
    receipt: str
    cast_at: datetime


class MotionView(View):
    """A question put to a roll; `turnout` counts ballots, never what they say."""

    id: UUID
    place_code: str
    title: str
    question: str
    rule_id: str
    rule_version: int
    mode: Electorate
    secrecy: Secrecy
    state: MotionState
    opens_at: datetime | None
    closes_at: datetime | None
    closed_at: datetime | None
    manifest_sha256: str | None
    turnout: int
    outcome: Outcome | None
    live_topic: str | None


class QuorumView(View):
    """Who is entitled, who is present, and how many are needed (应到, 实到, 法定人数)."""

    eligible: int
    present: int
    needed: int
    reached: bool
    words: str
    words_en: str


class RollLine(View):
    """One line of a roll; the full name only for those who keep the roll."""

    entry_id: UUID
    name: str
    office: str
    mode: PresenceMode | None
    marked_at: datetime | None


class RollPage(View):
    """A frozen roll with its hash, a page of its lines, and the cursor of the next page."""

    size: int
    sha256: str
    frozen_at: datetime
    items: list[RollLine]
    next: str | None


class AmountView(View):
    """Heads, and their area in 0.01 m² where the rule counts areas."""

    heads: int
    area_centi: int


class CountsView(View):
    """应到 ⊇ 到会 ⊇ 投票 ⊇ 有效票 = 同意 + 反对 + 弃权."""

    eligible: AmountView
    present: AmountView
    cast: AmountView
    valid: AmountView
    yes: AmountView
    no: AmountView
    abstain: AmountView


class ClauseView(View):
    """One clause of the rule in whole numbers; `bound` is the smallest numerator that holds."""

    kind: Literal["quorum", "pass"]
    basis: Basis
    of: Of
    numerator: int
    denominator: int
    bound: int
    outcome: ClauseOutcome
    words: str
    words_en: str


class ResultView(View):
    """What a closed motion came to, clause by clause."""

    motion_id: UUID
    title: str
    question: str
    rule_id: str
    rule_version: int
    manifest_sha256: str
    opens_at: datetime
    closed_at: datetime
    outcome: Outcome
    counts: CountsView
    clauses: list[ClauseView]
