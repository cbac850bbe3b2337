"""Writes of calls: opening one on a need, under the pack in force."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from backend.core import audit, clock
from backend.core.access import Actor, Permission
from backend.core.columns import new_id
from backend.core.db import atomic, fetch
from backend.grants import queries, rules
from backend.grants.schemas import CallView, OpenCall
from backend.needs.actions import record_step
from backend.needs.queries import get_need_for
from backend.needs.types import NewStep, Step
from backend.places.queries import get_place_for
from backend.places.types import PlaceFacts
from backend.policies.queries import get_pack


async def open_call(actor: Actor, order: OpenCall) -> CallView:
    """Open a call on a need; the pack, its version and the cap stay as they are from now on."""
    async with atomic():
        place = await get_place_for(actor, order.place_code, Permission.RUN_CALLS)
        at = await clock.now()
        await _admit(actor, order, place, at)
        call_id = new_id()
        await fetch(
            "INSERT INTO calls (id, place_code, fund_id, need_id, policy_key, policy_version,"
            " title, cap_fen, opens_at, closes_at, created_by, created_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            call_id,
            place.code,
            order.fund_id,
            order.need_id,
            order.policy_key,
            order.policy_version,
            order.title,
            order.cap_fen,
            order.opens_at or at,
            order.closes_at,
            actor.account_id,
            at,
        )
        await _tell(actor, call_id, order, place)
        return await queries.view_call(call_id)


async def _admit(actor: Actor, order: OpenCall, place: PlaceFacts, at: datetime) -> None:
    """Fund, need and pack are there for this place, and cap and times are within bounds."""
    fund = await queries.get_fund_for(actor, order.fund_id, Permission.KEEP_FUNDS)
    need = await get_need_for(actor, order.need_id)
    pack = await get_pack(order.policy_key, order.policy_version)
    today = at.astimezone(ZoneInfo(place.zone)).date()
    rules.admit_cap(order.cap_fen, rules.require_grants(pack, place.path, today))
    rules.admit_period(order.opens_at or at, order.closes_at, at)
    rules.admit_fund(fund.path, place.path)
    rules.admit_need(need, place.path)


async def _tell(actor: Actor, call_id: UUID, order: OpenCall, place: PlaceFacts) -> None:
    """Enter the call among the need's steps, and into the audit."""
    closes_locally = order.closes_at.astimezone(ZoneInfo(place.zone))
    words = rules.call_words(place.name, order.title, order.cap_fen, closes_locally)
    step = NewStep(Step.CALL_OPENED, "call", str(call_id), words.zh, words.en)
    await record_step(actor, order.need_id, step)
    await audit.record(
        "open_call",
        actor,
        subject=("call", str(call_id)),
        place_code=place.code,
        facts={"cap_fen": order.cap_fen, "policy": f"{order.policy_key}/{order.policy_version}"},
    )
