"""Funds and calls on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, field

from backend.core.wire import NOT_BLANK, Body, Line, Page, View
from backend.grants.types import CallState, FundEntryKind

Moment = Annotated[datetime, Meta(tz=True, examples=["2026-12-20T10:00:00Z"])]
PlaceCode = Annotated[str, Meta(min_length=2, max_length=24, examples=["340104-L01"])]
PositiveFen = Annotated[
    int, Meta(ge=1, le=10**12, description="Money in fen (分), 0.01 yuan", examples=[5_000_000])
]
Reference = Annotated[
    str, Meta(min_length=1, max_length=60, pattern=NOT_BLANK, examples=["2026-捐-017"])
]
Name = Annotated[str, Meta(min_length=1, max_length=120, pattern=NOT_BLANK)]
PolicyKey = Annotated[str, Meta(min_length=1, max_length=60, examples=["shushan-2019"])]
PolicyVersion = Annotated[str, Meta(min_length=1, max_length=20, examples=["1"])]


class CreateFund(Body):
    """A special fund of a place."""

    place_code: PlaceCode
    name: Name


class RecordContribution(Body):
    """Money that came into the fund; `reference` is the voucher's number, used once."""

    amount_fen: PositiveFen
    giver: Line = field(name="from")
    reference: Reference


class FundEntryView(View):
    """An entry with the balance after it; who gave is shown to the fund's keepers only."""

    number: int
    kind: FundEntryKind
    amount_fen: int
    balance_fen: int
    reference: str
    text: str | None
    at: datetime


class FundLine(View):
    """A fund in a list."""

    id: UUID
    place_code: str
    name: str
    balance_fen: int


class FundView(View):
    """A fund: what came in, what was committed, what is left; entries newest first."""

    id: UUID
    place_code: str
    name: str
    balance_fen: int
    contributed_fen: int
    committed_fen: int
    entries: Page[FundEntryView]


class ContributionView(View):
    """What was booked, and the fund's balance after it."""

    fund_id: UUID
    number: int
    amount_fen: int
    balance_fen: int
    at: datetime


class OpenCall(Body):
    """A call on a need under a pinned policy pack; without `opens_at` it opens at once."""

    policy_key: PolicyKey
    policy_version: PolicyVersion
    place_code: PlaceCode
    fund_id: UUID
    need_id: UUID
    title: Line
    cap_fen: PositiveFen
    closes_at: Moment
    opens_at: Moment | None = None


class CallView(View):
    """A call, public like a notice on the board."""

    id: UUID
    place_code: str
    title: str
    state: CallState
    need_id: UUID | None
    need_title: str | None
    fund_id: UUID
    policy_key: str
    policy_version: str
    cap_fen: int
    opens_at: datetime
    closes_at: datetime
