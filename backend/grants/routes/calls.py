"""HTTP doors of funds and calls."""

from typing import Annotated
from uuid import UUID

from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from backend.core.access import Permission
from backend.core.doors import Asking, OneTime, get, post
from backend.core.paging import After, Limit
from backend.core.problems import NotFound
from backend.core.wire import Page
from backend.grants import actions, queries, rules
from backend.grants.schemas import (
    CallView,
    ContributionView,
    CreateFund,
    FundLine,
    FundView,
    OpenCall,
    RecordContribution,
)
from backend.grants.types import CallState

Code = Annotated[str | None, QueryParameter(max_length=24)]
InState = Annotated[CallState | None, QueryParameter(name="state")]
"""The name `state` is Litestar's own."""


@post("/funds", needs=Permission.KEEP_FUNDS, refuses=(NotFound, rules.FundNameTaken))
async def create_fund(actor: Asking, data: JSONBody[CreateFund], once: OneTime) -> FundView:
    """Set up a special fund of a place."""
    return await once.run(lambda: actions.create_fund(actor, data), FundView)


@post(
    "/funds/{fund_id:uuid}/contributions",
    needs=Permission.KEEP_FUNDS,
    refuses=(rules.ContributionAlreadyRecorded,),
)
async def record_contribution(
    actor: Asking, fund_id: FromPath[UUID], data: JSONBody[RecordContribution], once: OneTime
) -> ContributionView:
    """Book money that came into a fund."""
    return await once.run(
        lambda: actions.record_contribution(actor, fund_id, data), ContributionView
    )


@get("/funds", needs=Permission.SIGNED_IN, refuses=(NotFound,))
async def list_funds(
    actor: Asking, place: FromQuery[str], limit: Limit = 20, after: After = None
) -> Page[FundLine]:
    """List the funds of a place, with what each of them has left."""
    return await queries.list_funds(actor, place, limit, after)


@get("/funds/{fund_id:uuid}", needs=Permission.SIGNED_IN)
async def get_fund(
    actor: Asking, fund_id: FromPath[UUID], limit: Limit = 20, after: After = None
) -> FundView:
    """Read a fund of your place: what came in, what was committed, what is left."""
    return await queries.view_fund(actor, fund_id, limit, after)


@post(
    "/calls",
    needs=Permission.RUN_CALLS,
    refuses=(
        NotFound,
        rules.PolicyNotInForceHere,
        rules.PolicyWithoutGrants,
        rules.CapAbovePolicy,
        rules.CallPeriodInvalid,
        rules.FundElsewhere,
        rules.NeedElsewhere,
        rules.NeedDeclined,
    ),
)
async def open_call(actor: Asking, data: JSONBody[OpenCall], once: OneTime) -> CallView:
    """Open a micro-venture call on a need, under a pinned policy pack."""
    return await once.run(lambda: actions.open_call(actor, data), CallView)


@get("/calls", needs=Permission.PUBLIC)
async def list_calls(
    in_state: InState = None, place: Code = None, limit: Limit = 20, after: After = None
) -> Page[CallView]:
    """List calls by state and by the place that they concern."""
    return await queries.list_calls(in_state, place, limit, after)


@get("/calls/{call_id:uuid}", needs=Permission.PUBLIC)
async def get_call(call_id: FromPath[UUID]) -> CallView:
    """Read one call."""
    return await queries.view_call(call_id)
