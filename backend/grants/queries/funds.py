"""Reads of funds; whoever belongs to the place sees what its fund has and gives."""

from typing import Any
from uuid import UUID

from backend.core.access import Actor, Permission
from backend.core.db import fetch, fetch_one
from backend.core.paging import decode_cursor, page_of
from backend.core.problems import Malformed, NotFound
from backend.core.wire import Page
from backend.grants.schemas import FundEntryView, FundLine, FundView
from backend.grants.types import FundEntryKind, FundFacts, FundHead
from backend.places.queries import get_place


async def get_fund(fund_id: UUID) -> FundFacts:
    """A fund by its id; not found if there is none."""
    row = await fetch_one(
        "SELECT f.id, f.place_code, p.path, f.name FROM funds f"
        " JOIN places p ON p.code = f.place_code WHERE f.id = $1",
        fund_id,
    )
    if row is None:
        raise NotFound
    return FundFacts(row["id"], row["place_code"], row["path"], row["name"])


async def get_fund_for(actor: Actor, fund_id: UUID, permission: Permission) -> FundFacts:
    """A fund of a place where the actor may do this; any other is not found."""
    fund = await get_fund(fund_id)
    if not actor.may(permission, fund.path):
        raise NotFound
    return fund


async def lock_fund(fund_id: UUID) -> None:
    """Let entries of a fund be written one after the other, to the end of the transaction."""
    await fetch("SELECT 1 FROM funds WHERE id = $1 FOR NO KEY UPDATE", fund_id)


async def get_head(fund_id: UUID) -> FundHead:
    """The last entry of a fund; lock the fund before writing the next."""
    row = await fetch_one(
        "SELECT number, balance_fen FROM fund_entries WHERE fund_id = $1"
        " ORDER BY number DESC LIMIT 1",
        fund_id,
    )
    return FundHead(row["number"], row["balance_fen"]) if row else FundHead(0, 0)


async def list_funds(
    actor: Actor, place_code: str, limit: int, after: str | None
) -> Page[FundLine]:
    """The funds of a place, by age, for whoever belongs to it."""
    place = await get_place(place_code)
    if not actor.belongs_to(place.path):
        raise NotFound
    (last,) = decode_cursor(after, 1)
    rows = await fetch(
        "SELECT f.id, f.place_code, f.name, (SELECT coalesce(sum(e.amount_fen), 0)::bigint"
        " FROM fund_entries e WHERE e.fund_id = f.id) AS balance_fen FROM funds f"
        " WHERE f.place_code = $1"
        " AND ($2::text IS NULL OR f.id::text > $2) ORDER BY f.id::text LIMIT $3",
        place.code,
        last,
        limit + 1,
    )
    return page_of(rows, limit, lambda row: FundLine(**dict(row)), lambda row: (row["id"],))


async def view_fund(actor: Actor, fund_id: UUID, limit: int, after: str | None) -> FundView:
    """A fund with its sums and a page of its entries, newest first."""
    fund = await get_fund(fund_id)
    if not actor.belongs_to(fund.path):
        raise NotFound
    before = _decode_number(after)
    rows = await fetch(
        "SELECT * FROM fund_entries WHERE fund_id = $1 AND ($2::int IS NULL OR number < $2)"
        " ORDER BY number DESC LIMIT $3",
        fund.id,
        before,
        limit + 1,
    )
    sums = await fetch_one(
        "SELECT coalesce(sum(amount_fen) FILTER (WHERE amount_fen > 0), 0)::bigint AS given,"
        " coalesce(-sum(amount_fen) FILTER (WHERE amount_fen < 0), 0)::bigint AS committed"
        " FROM fund_entries WHERE fund_id = $1",
        fund.id,
    )
    keeps = actor.may(Permission.KEEP_FUNDS, fund.path)
    return FundView(
        id=fund.id,
        place_code=fund.place_code,
        name=fund.name,
        balance_fen=sums["given"] - sums["committed"],
        contributed_fen=sums["given"],
        committed_fen=sums["committed"],
        entries=page_of(
            rows,
            limit,
            lambda row: _view_entry(row, keeps=keeps),
            lambda row: (row["number"],),
        ),
    )


def _decode_number(after: str | None) -> int | None:
    (number,) = decode_cursor(after, 1)
    if number is None:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Malformed(reason="after")
    return int(number)


def _view_entry(row: Any, *, keeps: bool) -> FundEntryView:
    kind = FundEntryKind(row["kind"])
    return FundEntryView(
        number=row["number"],
        kind=kind,
        amount_fen=row["amount_fen"],
        balance_fen=row["balance_fen"],
        reference=row["reference"],
        text=row["text"] if keeps or kind is FundEntryKind.COMMITMENT else None,
        at=row["at"],
    )
