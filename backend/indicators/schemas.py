"""What crosses the wire in indicators."""

from datetime import date, datetime
from uuid import UUID

from backend.core.wire import View


class TargetView(View):
    """A target of the policy pack against what was counted; `met` only where there is a base."""

    key: str
    name: str
    numerator: int
    denominator: int
    counted: str
    out_of: str
    bound: str
    met: bool
    source: str


class UncoveredView(View):
    """Something that a promise does not cover yet."""

    kind: str
    ref: str
    title: str


class PromiseView(View):
    """One of the five promises (五个“每”, SS-04): covered out of total, and what is missing."""

    key: str
    name: str
    covered: int
    total: int
    uncovered: list[UncoveredView]


class HoursView(View):
    """Confirmed and unconfirmed service in the period, in minutes, by ledger."""

    volunteer_minutes: int
    duty_minutes: int


class IndicatorsView(View):
    """What a place has reached in the twelve months up to a day."""

    place_code: str
    on: date
    policy_key: str
    policy_version: str
    targets: list[TargetView]
    promises: list[PromiseView]
    hours: HoursView


class LoopStepView(View):
    """One step of what became of a need."""

    step: str
    ref_kind: str
    ref: str
    at: datetime


class LoopView(View):
    """The loop of one need: said, decided, paid for, served."""

    need_id: UUID
    title: str
    state: str
    affected_count: int
    steps: list[LoopStepView]
    project_ids: list[UUID]
    volunteer_minutes: int
    people_reached: int
    closed: bool
