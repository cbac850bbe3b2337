"""Review and award on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from backend.core.wire import Body, Text, View
from backend.grants.schemas.calls import PositiveFen

Points = Annotated[int, Meta(ge=0, le=100)]
Criterion = Annotated[str, Meta(min_length=1, max_length=40)]


class AssignPanel(Body):
    """The people who review: as many as the policy pack says, none of an applicant's staff."""

    reviewer_ids: Annotated[list[UUID], Meta(min_length=1, max_length=30)]


class PanelView(View):
    """The panel of a call, in the order of its seats."""

    call_id: UUID
    reviewer_ids: list[UUID]


class ScoreApplication(Body):
    """Points for each criterion of the rubric, and a comment for the file."""

    points: Annotated[
        dict[Criterion, Points],
        Meta(
            max_length=40,
            examples=[
                {
                    "need": 26,
                    "regular_work": 17,
                    "normal_service": 16,
                    "word_of_mouth": 18,
                    "budget": 8,
                }
            ],
        ),
    ]
    comment: Text


class ScoreView(View):
    """One reviewer's score, which stands."""

    id: UUID
    application_id: UUID
    points: dict[str, int]
    total: int
    at: datetime


class RankedView(View):
    """A place in the ranking; `total` is the exact mean as sum/number of scores."""

    rank: int
    application_id: UUID
    organisation_id: UUID
    organisation_name: str
    title: str
    requested_fen: int
    total: str
    scores: int
    tie_broken_by: str | None


class RankingView(View):
    """All submitted applications in order; `complete` when every reviewer scored each of them."""

    call_id: UUID
    complete: bool
    panel_size: int
    missing_scores: int
    items: list[RankedView]


class AwardGrant(Body):
    """Which application gets how much; a reason where it is not the first of the ranking."""

    application_id: UUID
    amount_fen: PositiveFen
    reason: Text | None = None


class AwardView(View):
    """An award: its publication, its project, and the fund's balance after the commitment."""

    id: UUID
    call_id: UUID
    application_id: UUID
    organisation_id: UUID
    amount_fen: int
    rank: int
    total: str
    reason: str | None
    publication_id: UUID
    project_id: UUID
    fund_id: UUID
    fund_balance_fen: int
    awarded_at: datetime
