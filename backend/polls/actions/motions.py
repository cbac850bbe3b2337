"""The life of a motion: put, opened, closed and counted."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from backend.core import audit, clock
from backend.core.access import Actor, Permission
from backend.core.columns import new_id
from backend.core.db import atomic, fetch
from backend.places.queries import get_place
from backend.polls import queries, rules
from backend.polls.schemas import AmountView, ClauseView, CountsView, MotionView, ResultView
from backend.polls.types import (
    Amount,
    BallotEntry,
    Choice,
    ClauseOutcome,
    ClauseResult,
    Counts,
    Electorate,
    NewMotion,
    Secrecy,
    VotingRule,
)

CREATE_MOTION_REFUSES = (
    *queries.GET_RULE_REFUSES,
    rules.OpinionOnly,
    rules.ModeNotOffered,
    rules.SecrecyNotOffered,
    rules.PreconditionsUnmet,
)


async def create_motion(actor: Actor, new: NewMotion) -> UUID:
    """Put a question to a roll as a draft, with its rule pinned; returns its id.

    In the caller's transaction; the caller has asked whether the actor may. Named votes only.
    """
    place = await get_place(new.place_code)
    at = await clock.now()
    on = new.on or at.astimezone(ZoneInfo(place.zone)).date()
    rule = await queries.get_rule(new.rule_id, place.path, on)
    roll = await queries.get_roll(new.roll_id)
    rules.require_majority(rule)
    rules.require_mode(rule, new.mode)
    rules.require_secrecy(rule, Secrecy.NAMED, roll.size)
    rules.require_preconditions(rule, (), is_important=False)
    motion_id = new_id()
    await fetch(
        "INSERT INTO motions (id, place_code, roll_id, title, question, rule_id, rule_version,"
        " rule_body, mode, secrecy, live_topic, created_by, created_at, not_before)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        motion_id,
        place.code,
        roll.id,
        new.title,
        new.question,
        rule.id,
        str(rule.version),
        msgspec.to_builtins(rule),
        new.mode,
        Secrecy.NAMED,
        new.live_topic,
        actor.account_id,
        at,
        new.not_before,
    )
    return motion_id


async def open_motion(actor: Actor, motion_id: UUID, minutes: int) -> MotionView:
    """Open a motion once, for so many minutes; question, rule and roll are frozen with a hash."""
    async with atomic():
        row = await queries.get_motion_for(actor, motion_id, Permission.CONVENE_MEETINGS, lock=True)
        opens_at = await clock.now()
        rules.require_unopened(row["opens_at"], row["closed_at"])
        rules.require_due(row["not_before"], opens_at)
        closes_at = opens_at + timedelta(minutes=minutes)
        manifest = rules.manifest_of(
            motion_id=str(motion_id),
            question=row["question"],
            rule=queries.read_rule(row["rule_body"]),
            roll_sha256=(await queries.get_roll(row["roll_id"])).sha256,
            mode=Electorate(row["mode"]),
            secrecy=Secrecy(row["secrecy"]),
            opens_at=opens_at,
            closes_at=closes_at,
        )
        await fetch(
            "UPDATE motions SET opens_at = $2, closes_at = $3, manifest_sha256 = $4 WHERE id = $1",
            motion_id,
            opens_at,
            closes_at,
            manifest.sha256,
        )
        facts = {"minutes": minutes, "manifest_sha256": manifest.sha256}
        await _record("open_motion", actor, row, facts)
        return await queries.get_motion(motion_id)


async def close_motion(actor: Actor, motion_id: UUID) -> ResultView:
    """Close a motion and count it, once.

    Casts hold the motion FOR SHARE until they commit and this takes it FOR UPDATE, so every
    ballot that was acknowledged is counted, and none comes after.
    """
    async with atomic():
        row = await queries.get_motion_for(actor, motion_id, Permission.CONVENE_MEETINGS, lock=True)
        at = await clock.now()
        rules.require_uncounted(row["opens_at"], row["closed_at"])
        rule = queries.read_rule(row["rule_body"])
        result = await _count(row, rule)
        await fetch(
            "UPDATE motions SET closed_at = $2, result = $3 WHERE id = $1", motion_id, at, result
        )
        facts = {"outcome": result["outcome"], "cast": result["counts"]["cast"]["heads"]}
        await _record("close_motion", actor, row, facts)
        return queries.result_of(await queries.get_motion_for(actor, motion_id))


async def _count(row: Any, rule: VotingRule) -> dict[str, Any]:
    lines = await fetch(
        "SELECT e.heads, e.area_centi, p.id IS NOT NULL AS present, b.choice"
        " FROM roll_entries e LEFT JOIN presences p ON p.entry_id = e.id"
        " LEFT JOIN ballots b ON b.motion_id = $1 AND b.entry_id = e.id WHERE e.roll_id = $2",
        row["id"],
        row["roll_id"],
    )
    entries = [
        BallotEntry(heads, area, present, Choice(choice) if choice else None)
        for heads, area, present, choice in lines
    ]
    counts = rules.tally_ballots(entries, rule.presence)
    decision = rules.decide_motion(rule, counts, Electorate(row["mode"]))
    return {
        "outcome": decision.outcome.value,
        "counts": msgspec.to_builtins(_counts_view(counts)),
        "clauses": msgspec.to_builtins([_clause_view(clause) for clause in decision.clauses]),
    }


def _counts_view(counts: Counts) -> CountsView:
    def figure(amount: Amount) -> AmountView:
        return AmountView(heads=amount.heads, area_centi=amount.area_centi)

    return CountsView(
        eligible=figure(counts.eligible),
        present=figure(counts.present),
        cast=figure(counts.cast),
        valid=figure(counts.valid),
        yes=figure(counts.yes),
        no=figure(counts.no),
        abstain=figure(counts.abstain),
    )


def _clause_view(clause: ClauseResult) -> ClauseView:
    return ClauseView(
        kind=clause.kind,
        basis=clause.basis,
        of=clause.of,
        numerator=clause.numerator,
        denominator=clause.denominator,
        bound=clause.bound,
        outcome=ClauseOutcome.REACHED if clause.holds else ClauseOutcome.NOT_REACHED,
        words=clause.words_zh,
        words_en=clause.words_en,
    )


async def withdraw_motions(actor: Actor, motion_ids: Sequence[UUID]) -> None:
    """End drafts that were never opened, in the caller's transaction; others stay as they are."""
    rows = await fetch(
        "UPDATE motions SET closed_at = linli_now() WHERE id = ANY($1::uuid[])"
        " AND opens_at IS NULL AND closed_at IS NULL RETURNING id, place_code",
        list(motion_ids),
    )
    for row in rows:
        await _record("withdraw_motions", actor, row, {})


async def _record(verb: str, actor: Actor, row: Any, facts: dict[str, Any]) -> None:
    await audit.record(
        verb,
        actor,
        subject=("motion", str(row["id"])),
        place_code=row["place_code"],
        facts=facts,
    )
