"""Writes of funds: money in, money committed; one entry after the other, never below zero."""

from datetime import datetime
from uuid import UUID

from backend.core import audit, clock
from backend.core.access import Actor, Permission
from backend.core.columns import new_id
from backend.core.db import atomic, fetch, fetch_one, fetch_value
from backend.grants import queries, rules
from backend.grants.schemas import ContributionView, CreateFund, FundView, RecordContribution
from backend.grants.types import FundEntryKind, FundHead
from backend.places.queries import get_place_for


async def create_fund(actor: Actor, order: CreateFund) -> FundView:
    """Set up a special fund of a place, empty."""
    place = await get_place_for(actor, order.place_code, Permission.KEEP_FUNDS)
    async with atomic():
        fund_id: UUID | None = await fetch_value(
            "INSERT INTO funds (id, place_code, name, created_at) VALUES ($1, $2, $3, linli_now())"
            " ON CONFLICT (place_code, name) DO NOTHING RETURNING id",
            new_id(),
            place.code,
            order.name,
        )
        if fund_id is None:
            raise rules.FundNameTaken
        await audit.record(
            "create_fund", actor, subject=("fund", str(fund_id)), place_code=place.code
        )
        return await queries.view_fund(actor, fund_id, 1, None)


async def record_contribution(
    actor: Actor, fund_id: UUID, order: RecordContribution
) -> ContributionView:
    """Book money that came into a fund; a voucher is booked once."""
    fund = await queries.get_fund_for(actor, fund_id, Permission.KEEP_FUNDS)
    async with atomic():
        await queries.lock_fund(fund.id)
        if await _is_booked(fund.id, order.reference):
            raise rules.ContributionAlreadyRecorded
        head, at = await _append(
            fund.id,
            FundEntryKind.CONTRIBUTION,
            order.amount_fen,
            reference=order.reference,
            text=order.giver,
            by=actor.account_id,
        )
        await audit.record(
            "record_contribution",
            actor,
            subject=("fund", str(fund.id)),
            place_code=fund.place_code,
            facts={"number": head.number, "amount_fen": order.amount_fen},
        )
    return ContributionView(fund.id, head.number, order.amount_fen, head.balance_fen, at)


async def commit_money(
    actor: Actor, fund_id: UUID, amount_fen: int, *, reference: str, text: str
) -> FundHead:
    """Commit money of a fund in the caller's transaction; refused beyond its balance.

    The fund stays locked until the caller's transaction ends, so that two commitments at once
    cannot both take the last yuan.
    """
    async with atomic():
        await queries.lock_fund(fund_id)
        head, _ = await _append(
            fund_id,
            FundEntryKind.COMMITMENT,
            -amount_fen,
            reference=reference,
            text=text,
            by=actor.account_id,
        )
    return head


async def _is_booked(fund_id: UUID, reference: str) -> bool:
    row = await fetch_one(
        "SELECT 1 FROM fund_entries WHERE fund_id = $1 AND kind = 'contribution'"
        " AND reference = $2",
        fund_id,
        reference,
    )
    return row is not None


async def _append(
    fund_id: UUID,
    kind: FundEntryKind,
    amount_fen: int,
    *,
    reference: str,
    text: str,
    by: UUID,
) -> tuple[FundHead, datetime]:
    """Write the next entry of a locked fund."""
    head = rules.next_head(await queries.get_head(fund_id), amount_fen)
    at = await clock.now()
    await fetch(
        "INSERT INTO fund_entries (id, fund_id, number, kind, amount_fen, balance_fen, reference,"
        " text, at, by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        new_id(),
        fund_id,
        head.number,
        kind,
        amount_fen,
        head.balance_fen,
        reference,
        text,
        at,
        by,
    )
    return head, at
