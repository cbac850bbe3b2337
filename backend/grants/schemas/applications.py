"""Applications on the wire."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from backend.core.wire import Body, Line, Text, View
from backend.grants.schemas.calls import PositiveFen
from backend.grants.types import ApplicationState, FindingCode

CostLineKey = Annotated[str, Meta(min_length=1, max_length=40, examples=["activity"])]


class WrittenLine(Body):
    """A line of the budget: a cost line of the pack, what it is for, how much."""

    cost_line: CostLineKey
    item: Line
    amount_fen: PositiveFen


Lines = Annotated[
    list[WrittenLine],
    Meta(
        max_length=60,
        examples=[
            [{"cost_line": "activity", "item": "每周三次傍晚照护", "amount_fen": 2_800_000}],
        ],
    ),
]


class ReviseApplication(Body):
    """The whole draft anew; it is kept even where something is still to be mended."""

    title: Line
    plan: Text
    starts_on: date
    ends_on: date
    budget_lines: Lines


class DraftApplication(ReviseApplication):
    """A draft in the name of an organisation that you manage."""

    organisation_id: UUID


class BasisView(View):
    """The parameter that a finding stands on, its source, and the clause it quotes."""

    parameter: str
    source: str
    clause: str
    zh: str
    en: str


class FindingView(View):
    """One thing to mend: which line (null: the whole budget), the figure, its limit, and how."""

    code: FindingCode
    line: int | None
    amount_fen: int | None
    limit_fen: int | None
    basis: BasisView
    zh: str
    en: str


class ChecklistView(View):
    """What is to be mended before submission; complete when nothing is."""

    application_id: UUID
    is_complete: bool
    findings: list[FindingView]


class BudgetLineView(View):
    """A line of the budget, numbered from 1."""

    number: int
    cost_line: str
    item: str
    amount_fen: int


class ApplicationItem(View):
    """An application in a list."""

    id: UUID
    call_id: UUID
    organisation_id: UUID
    organisation_name: str
    title: str
    state: ApplicationState
    requested_fen: int
    submitted_at: datetime | None


class ApplicationView(View):
    """An application with its budget and what is still to be mended."""

    id: UUID
    call_id: UUID
    organisation_id: UUID
    organisation_name: str
    title: str
    plan: str
    starts_on: date
    ends_on: date
    state: ApplicationState
    requested_fen: int
    submitted_at: datetime | None
    budget_lines: list[BudgetLineView]
    findings: list[FindingView]
