"""Values of projects."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID


class ProjectState(StrEnum):
    """执行中, 已结项, 中止, 终止."""

    RUNNING = "running"
    COMPLETED = "completed"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"


class EvidenceKind(StrEnum):
    """What a fact of another room proves for a project; the unit goes with the kind."""

    NEED = "need"
    DECISION = "decision"
    MONEY = "money"
    HOURS_VOLUNTEER = "hours_volunteer"
    HOURS_DUTY = "hours_duty"
    PEOPLE_REACHED = "people_reached"


class MoneyKind(StrEnum):
    """A ledger entry: promised to the project, paid to it, spent by it."""

    COMMITTED = "committed"
    PAID = "paid"
    SPENT = "spent"


@dataclass(frozen=True, slots=True)
class NewProject:
    """A project to start: `award_ref` names the award it comes from, once and for all."""

    place_code: str
    need_id: UUID | None
    organisation_id: UUID
    title: str
    summary: str
    award_ref: str
    budget_fen: int
    policy_key: str
    policy_version: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A fact to record: `(ref_kind, ref_id)` is where it comes from, `facts` ids and figures only.

    Hours carry `facts["minutes_by_capacity"]`, such as `{"volunteer": 240}`; their quantity is the
    sum of it. Money is in fen.
    """

    kind: EvidenceKind | str
    ref_kind: str
    ref_id: str
    quantity: int
    unit: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """A project with the chain of codes of its place."""

    id: UUID
    place_code: str
    path: str
    title: str
    need_id: UUID | None
    organisation_id: UUID
    state: ProjectState


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """One recorded fact, as rules add it up."""

    kind: str
    quantity: int
    unit: str
    minutes_by_capacity: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceTotal:
    """All facts of one kind together."""

    kind: str
    unit: str
    quantity: int
    entries: int
