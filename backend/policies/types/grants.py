"""Parameters of micro-venture money (微创投) and project purchase: budget and review."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.policies.types.sourced import Count, Group, Key, Label, Ratio, Sourced, require_unique


class Stage(StrEnum):
    """Where a cap on a cost line holds: in the applicant's plan, in what was spent, or both."""

    PLAN = "plan"
    SPENDING = "spending"


class CostLine(Group, frozen=True):
    """A line of the budget (预算科目) that an applicant may use."""

    key: Key
    name: Label


class CostLineCap(Group, frozen=True):
    """At most this share of the total may stand on the line (1/10 itself is allowed)."""

    line: Key
    max_share: Ratio
    holds_in: Annotated[tuple[Stage, ...], Meta(min_length=1)]


class Budget(Group, frozen=True):
    """Money of one application (申报预算)."""

    max_fen_per_application: Sourced[Count]
    cost_lines: Sourced[Annotated[tuple[CostLine, ...], Meta(min_length=1)]]
    caps: tuple[Sourced[CostLineCap], ...] = ()

    def __post_init__(self) -> None:
        keys = [line.key for line in self.cost_lines.value]
        require_unique("cost_lines", keys)
        require_unique("caps", [cap.value.line for cap in self.caps])
        for cap in self.caps:
            if cap.value.line not in keys:
                raise ValueError(f"`caps` names no cost line: {cap.value.line}")


class Criterion(Group, frozen=True):
    """A row of the scoring sheet (评分项)."""

    key: Key
    name: Label
    max_points: Count


class PriorityFactor(StrEnum):
    """What puts one of two equally scored applications first (优先, 倾斜)."""

    COMMUNITY_ORGANISATION = "community_organisation"
    START_UP = "start_up"
    RESIDENT_RUN = "resident_run"
    JOINT_APPLICATION = "joint_application"


class RecusalGround(StrEnum):
    """Why a reviewer does not score an application (回避)."""

    WORKS_FOR_APPLICANT = "works_for_applicant"
    GOVERNS_APPLICANT = "governs_applicant"
    KIN_OF_APPLICANT = "kin_of_applicant"
    SUPERVISES_PROJECT = "supervises_project"
    PARTY_TO_CONTRACT = "party_to_contract"


class Review(Group, frozen=True):
    """How applications are judged (评审); `priority` is in the order in which ties are broken."""

    panel_size: Sourced[Count]
    rubric: Annotated[tuple[Sourced[Criterion], ...], Meta(min_length=1)]
    recusal: Sourced[tuple[RecusalGround, ...]]
    priority: tuple[Sourced[PriorityFactor], ...] = ()

    def __post_init__(self) -> None:
        require_unique("rubric", [row.value.key for row in self.rubric])
        require_unique("recusal", list(self.recusal.value))
        require_unique("priority", [factor.value for factor in self.priority])
        total = sum(row.value.max_points for row in self.rubric)
        if total != 100:
            raise ValueError(f"`rubric` sums to {total} points, not 100")


class Grants(Group, frozen=True):
    """Micro-venture money (微创投) and project purchase (项目征集)."""

    budget: Budget
    review: Review
