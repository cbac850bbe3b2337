"""Values of grants."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from backend.policies.types import Grants, Identity, PriorityFactor


class CallState(StrEnum):
    """未开始, 征集中, 已截止, 已立项; follows from the clock and the award."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"
    AWARDED = "awarded"


class ApplicationState(StrEnum):
    """草稿, 已提交."""

    DRAFT = "draft"
    SUBMITTED = "submitted"


class FundEntryKind(StrEnum):
    """Money into a fund, or committed from it."""

    CONTRIBUTION = "contribution"
    COMMITMENT = "commitment"


class FindingCode(StrEnum):
    """What keeps an application from being submitted."""

    NO_LINES = "no-budget-lines"
    UNKNOWN_COST_LINE = "unknown-cost-line"
    SHARE_EXCEEDED = "share-exceeded"
    CAP_EXCEEDED = "cap-exceeded"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a budget: its number, the pack's cost line, what it is for, fen."""

    number: int
    cost_line: str
    item: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Basis:
    """What a finding stands on: a parameter of the pack, or the call itself, with its source."""

    parameter: str
    source: str
    clause: str
    words: Words


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: the line (None: the whole budget), figure, limit, basis, and how."""

    code: FindingCode
    line: int | None
    amount_fen: int | None
    limit_fen: int | None
    basis: Basis
    words: Words


@dataclass(frozen=True, slots=True)
class Terms:
    """What an application is held against: the call's title and cap, and the pinned pack."""

    call_title: str
    cap_fen: int
    identity: Identity
    grants: Grants


@dataclass(frozen=True, slots=True)
class FundFacts:
    """A fund with the chain of codes of its place; money in fen."""

    id: UUID
    place_code: str
    path: str
    name: str


@dataclass(frozen=True, slots=True)
class FundHead:
    """The last entry of a fund: its number and the balance after it; 0 and 0 in a new fund."""

    number: int
    balance_fen: int


@dataclass(frozen=True, slots=True)
class CallFacts:
    """A call with the pack that it pins and the chain of codes and zone of its place."""

    id: UUID
    place_code: str
    path: str
    zone: str
    fund_id: UUID
    need_id: UUID | None
    policy_key: str
    policy_version: str
    title: str
    cap_fen: int
    opens_at: datetime
    closes_at: datetime
    is_awarded: bool


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """An application with what it asks for in fen."""

    id: UUID
    call_id: UUID
    organisation_id: UUID
    organisation_name: str
    title: str
    plan: str
    starts_on: date
    ends_on: date
    submitted_at: datetime | None
    requested_fen: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A submitted application with the totals that its reviewers gave, as ranking needs it."""

    application_id: UUID
    organisation_id: UUID
    organisation_name: str
    title: str
    requested_fen: int
    submitted_at: datetime
    totals: tuple[int, ...]
    factors: frozenset[PriorityFactor] = frozenset()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place in the ranking; `tie_broken_by` says what put it behind an equal one before it."""

    rank: int
    candidate: Candidate
    total: str
    tie_broken_by: str | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """All submitted applications in order; complete when each reviewer scored each of them."""

    items: tuple[Ranked, ...]
    panel_size: int
    missing_scores: int

    @property
    def is_complete(self) -> bool:
        """Whether there is something to rank and no score is missing."""
        return bool(self.items) and self.missing_scores == 0


@dataclass(frozen=True, slots=True)
class Choice:
    """What the street decides: which application, how much in fen, and why if not the first."""

    application_id: UUID
    amount_fen: int
    reason: str | None
