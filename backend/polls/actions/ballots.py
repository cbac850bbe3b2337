"""Casting a named ballot: one statement."""

from typing import NoReturn
from uuid import UUID

from backend.core.access import Actor
from backend.core.columns import new_id
from backend.core.db import fetch_one
from backend.core.problems import Conflict, NotFound
from backend.polls import queries, rules
from backend.polls.schemas import ReceiptView
from backend.polls.types import Choice, Presence

_CAST = """
WITH motion AS (
    SELECT id, roll_id, place_code, opens_at, closes_at, closed_at,
           rule_body ->> 'presence' AS presence
      FROM motions WHERE id = $1 FOR SHARE
), moment AS (
    SELECT motion.*, linli_now() AS at FROM motion
), ballot AS (
    INSERT INTO ballots (id, motion_id, entry_id, choice, cast_at, cast_by)
    SELECT $2, moment.id, e.id, $3, moment.at, $4
      FROM moment JOIN roll_entries e ON e.roll_id = moment.roll_id AND e.person_id = $5
     WHERE moment.closed_at IS NULL AND moment.opens_at <= moment.at
       AND moment.at < moment.closes_at
       AND (moment.presence <> $6
            OR EXISTS (SELECT 1 FROM presences p WHERE p.entry_id = e.id))
        ON CONFLICT (motion_id, entry_id) DO UPDATE
       SET choice = excluded.choice, cast_at = excluded.cast_at, cast_by = excluded.cast_by
    RETURNING entry_id, cast_at
), noted AS (
    INSERT INTO audit_events (event, account_id, session_id, subject_kind, subject_id,
                              place_code, facts)
    SELECT 'cast_ballot', $4, $7, 'motion', moment.id::text, moment.place_code,
           jsonb_build_object('entry_id', ballot.entry_id)
      FROM ballot, moment
)
SELECT entry_id, cast_at FROM ballot
"""

_WHY_NOT = """
SELECT m.opens_at, m.closes_at, m.closed_at, m.rule_body, linli_now() AS at, pl.path,
       e.id IS NOT NULL AS on_roll, p.id IS NOT NULL AS present
  FROM motions m JOIN places pl ON pl.code = m.place_code
  LEFT JOIN roll_entries e ON e.roll_id = m.roll_id AND e.person_id = $2
  LEFT JOIN presences p ON p.entry_id = e.id
 WHERE m.id = $1
"""


async def cast_ballot(actor: Actor, motion_id: UUID, choice: Choice) -> ReceiptView:
    """Cast or replace one's own ballot while the motion is open; the receipt names this choice.

    The motion is held FOR SHARE until the commit and the deadline is judged after that, so what
    is acknowledged is counted. One ballot a roll entry is a UNIQUE constraint. Ballot and audit
    row are one statement, which is the whole transaction where nobody opened one.
    """
    row = await fetch_one(
        _CAST,
        motion_id,
        new_id(),
        choice,
        actor.account_id,
        actor.person_id,
        Presence.CHECKED_IN,
        actor.session_id,
    )
    if row is None:
        await _refuse(actor, motion_id)
    receipt = rules.ballot_receipt(str(motion_id), str(row["entry_id"]), choice, row["cast_at"])
    return ReceiptView(motion_id=motion_id, receipt=receipt, cast_at=row["cast_at"])


async def _refuse(actor: Actor, motion_id: UUID) -> NoReturn:
    """Say why nothing was cast; who neither votes nor belongs there finds nothing."""
    row = await fetch_one(_WHY_NOT, motion_id, actor.person_id)
    if row is None or not (row["on_roll"] or actor.belongs_to(row["path"])):
        raise NotFound
    rules.require_on_roll(is_on_roll=row["on_roll"])
    rules.require_open(row["opens_at"], row["closed_at"] or row["closes_at"], row["at"])
    rules.require_presence(queries.read_rule(row["rule_body"]), is_present=row["present"])
    raise Conflict
