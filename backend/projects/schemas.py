"""What crosses the wire in projects."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from backend.core.wire import View
from backend.projects.types import ProjectState


class ProjectView(View):
    """A project; its organisation and need by id."""

    id: UUID
    place_code: str
    title: str
    summary: str
    state: ProjectState
    need_id: UUID | None
    organisation_id: UUID
    organisation_name: str
    award_ref: str
    budget_fen: int
    policy_key: str
    policy_version: str
    starts_on: date
    ends_on: date
    created_at: datetime


class EvidenceEntryView(View):
    """A fact from another room: what it is about, how much, and when it was recorded."""

    id: UUID
    kind: str
    ref_kind: str
    ref_id: str
    quantity: int
    unit: str
    facts: dict[str, Any]
    at: datetime


class EvidenceTotalView(View):
    """All facts of one kind together."""

    kind: str
    unit: str
    quantity: int
    entries: int


class EvidenceView(View):
    """A page of a project's evidence; the totals are of all of it.

    `minutes_by_capacity` has party_worker, social_worker and volunteer.
    """

    items: list[EvidenceEntryView]
    next: str | None
    totals: list[EvidenceTotalView]
    minutes_by_capacity: dict[str, int]


class LedgerEntryView(View):
    """Money committed to, paid to or spent by a project."""

    id: UUID
    kind: str
    amount_fen: int
    reference: str
    text: str
    at: datetime


class LedgerView(View):
    """A page of a project's ledger; the sums are of all of it."""

    items: list[LedgerEntryView]
    next: str | None
    budget_fen: int
    committed_fen: int
    paid_fen: int
    spent_fen: int
