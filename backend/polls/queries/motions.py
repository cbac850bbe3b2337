"""Motions: their state, their turnout, and their result once they are closed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from backend.core.access import Actor, Permission
from backend.core.db import fetch, fetch_one, fetch_value
from backend.core.problems import NotFound
from backend.polls import rules
from backend.polls.queries.rules import read_rule
from backend.polls.schemas import ClauseView, CountsView, MotionView, ResultView
from backend.polls.types import Electorate, MotionFacts, Outcome, Secrecy

_VIEWED = """
SELECT m.*, clock.at AS now, m.result ->> 'outcome' AS outcome,
       (SELECT count(*) FROM ballots b WHERE b.motion_id = m.id) AS turnout
  FROM (SELECT linli_now() AS at) clock, motions m
 WHERE m.id = ANY($1::uuid[]) ORDER BY m.created_at, m.id
"""

_ONE = "SELECT m.*, p.path FROM motions m JOIN places p ON p.code = m.place_code WHERE m.id = $1"


async def get_motion_for(
    actor: Actor, motion_id: UUID, permission: Permission | None = None, *, lock: bool = False
) -> Any:
    """The row of a motion at a place where the actor may do this (None: where she belongs).

    `lock` takes it FOR UPDATE: casts hold it FOR SHARE, so nobody casts meanwhile.
    """
    row = await fetch_one(f"{_ONE} FOR UPDATE OF m" if lock else _ONE, motion_id)
    if row is None:
        raise NotFound
    may = actor.may(permission, row["path"]) if permission else actor.belongs_to(row["path"])
    if not may:
        raise NotFound
    return row


async def list_motions(motion_ids: Sequence[UUID]) -> list[MotionView]:
    """Motions in the order of their making; the caller decides who may see them."""
    return [_view(row) for row in await fetch(_VIEWED, list(motion_ids))]


async def get_motion(motion_id: UUID) -> MotionView:
    """One motion; the caller decides who may see it."""
    found = await list_motions([motion_id])
    if not found:
        raise NotFound
    return found[0]


def _view(row: Any) -> MotionView:
    return MotionView(
        id=row["id"],
        place_code=row["place_code"],
        title=row["title"],
        question=row["question"],
        rule_id=row["rule_id"],
        rule_version=int(row["rule_version"]),
        mode=Electorate(row["mode"]),
        secrecy=Secrecy(row["secrecy"]),
        state=rules.decide_state(row["opens_at"], row["closes_at"], row["closed_at"], row["now"]),
        opens_at=row["opens_at"],
        closes_at=row["closes_at"],
        closed_at=row["closed_at"],
        manifest_sha256=row["manifest_sha256"],
        turnout=row["turnout"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        live_topic=row["live_topic"],
    )


async def get_live_topic(motion_id: UUID) -> str:
    """The live stream that shows this motion: its meeting's, else one of its own name."""
    topic = await fetch_value("SELECT live_topic FROM motions WHERE id = $1", motion_id)
    return topic or f"motion:{motion_id}"


async def get_motion_facts(motion_id: UUID) -> MotionFacts:
    """What came out of a motion, for what follows from it."""
    row = await fetch_one(_ONE, motion_id)
    if row is None:
        raise NotFound
    result = row["result"]
    return MotionFacts(
        id=row["id"],
        title=row["title"],
        question=row["question"],
        closed_at=row["closed_at"],
        outcome=Outcome(result["outcome"]) if result else None,
        publish_min_days=read_rule(row["rule_body"]).publish_min_days,
    )


async def get_result(actor: Actor, motion_id: UUID) -> ResultView:
    """The result of a motion at a place where the actor belongs; refused before its closure."""
    return result_of(await get_motion_for(actor, motion_id))


async def list_results(motion_ids: Sequence[UUID]) -> list[ResultView]:
    """The results of those of the motions that were counted; the caller decides who sees them."""
    rows = await fetch(_VIEWED, list(motion_ids))
    return [result_of(row) for row in rows if row["result"] is not None]


def result_of(row: Any) -> ResultView:
    """The result in a motion's row; refused before its closure."""
    rules.require_result(is_counted=row["result"] is not None)
    result = row["result"]
    return ResultView(
        motion_id=row["id"],
        title=row["title"],
        question=row["question"],
        rule_id=row["rule_id"],
        rule_version=int(row["rule_version"]),
        manifest_sha256=row["manifest_sha256"],
        opens_at=row["opens_at"],
        closed_at=row["closed_at"],
        outcome=Outcome(result["outcome"]),
        counts=msgspec.convert(result["counts"], CountsView),
        clauses=msgspec.convert(result["clauses"], list[ClauseView]),
    )
