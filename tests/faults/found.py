"""What stands in the database after the kills, held against what the phones were told."""

from collections import Counter
from typing import Any

from backend.core.db import fetch
from tests.faults.writes import VOICES, Stage, Write

Answers = list[tuple[Write, Any]]

_STORED = {
    "hear_need": "SELECT id::text FROM needs",
    "record_contribution": (
        "SELECT number || ' ' || reference FROM fund_entries WHERE reference LIKE 'F1-%'"
    ),
    "submit_response": "SELECT id::text FROM survey_responses",
    "cast_ballot": (
        "SELECT e.person_id || ' ' || b.choice FROM ballots b"
        " JOIN roll_entries e ON e.id = b.entry_id"
    ),
    "sign_up": "SELECT id::text FROM sign_ups",
}
_AUDITED = {
    "hear_need": ("raise_need", "SELECT id::text FROM needs"),
    "record_contribution": ("record_contribution", None),
    "submit_response": ("submit_response", "SELECT id::text FROM survey_responses"),
    "cast_ballot": ("cast_ballot", None),
    "sign_up": ("sign_up", None),
}
_HALVES = {
    "a need without all its voices": (
        "SELECT n.id FROM needs n LEFT JOIN need_voices v ON v.need_id = n.id"
        f" GROUP BY n.id HAVING count(v.id) <> {VOICES}"
    ),
    "a fund entry out of number or balance": (
        "SELECT id FROM (SELECT id, number, balance_fen,"
        " row_number() OVER (PARTITION BY fund_id ORDER BY number) AS place,"
        " sum(amount_fen) OVER (PARTITION BY fund_id ORDER BY number) AS balance"
        " FROM fund_entries) e WHERE number <> place OR balance_fen <> balance"
    ),
    "a key without an answer": "SELECT key FROM idempotency_keys WHERE answer IS NULL",
}


async def breaks_in(stage: Stage, answers: Answers) -> list[str]:
    """One sentence for each acknowledged write that is lost, doubled, halved or told otherwise."""
    return [
        *await _lost_and_doubled(answers),
        *await _without_audit(stage, answers),
        *await _told_otherwise(answers),
        *[f"{what}: {found}" for what, query in _HALVES.items() for found in await _texts(query)],
    ]


async def _texts(query: str) -> list[str]:
    return [str(row[0]) for row in await fetch(query)]


def _told(write: Write, answer: Any) -> str:
    """What the phone may expect to be stored, as the queries above spell it."""
    if write.operation == "cast_ballot":
        return f"{write.who.person_id} {write.body['choice']}"
    if write.operation == "record_contribution":
        return f"{answer['number']} {write.key}"
    return str(answer["id"])


def _expected(operation: str, answers: Answers) -> Counter[str]:
    """What was acknowledged; of a voter's ballots only the last one stands."""
    told = {
        (write.who.person_id if operation == "cast_ballot" else write.key): _told(write, answer)
        for write, answer in answers
        if write.operation == operation
    }
    return Counter(told.values())


async def _lost_and_doubled(answers: Answers) -> list[str]:
    breaks = []
    for operation, query in _STORED.items():
        expected, stored = _expected(operation, answers), Counter(await _texts(query))
        if not expected:
            breaks.append(f"{operation}: none was acknowledged, so nothing was tried")
        breaks += [f"{operation} lost: {one}" for one in expected - stored]
        breaks += [f"{operation} stored but not asked for once: {one}" for one in stored - expected]
    return breaks


async def _without_audit(stage: Stage, answers: Answers) -> list[str]:
    """As many audit rows as acknowledged writes, each of its own subject where it has one."""
    breaks, asked = [], Counter(write.operation for write, _ in answers)
    for operation, (event, subjects) in _AUDITED.items():
        rows = await _texts(
            f"SELECT subject_id FROM audit_events WHERE event = '{event}' AND id > {stage.audited}"
        )
        if len(rows) != asked[operation]:
            breaks.append(f"{operation}: {asked[operation]} writes, {len(rows)} audit rows")
        if subjects and set(rows) != set(await _texts(subjects)):
            breaks.append(f"{operation}: the audit rows name other subjects than are stored")
    return breaks


async def _told_otherwise(answers: Answers) -> list[str]:
    """Every key of ours has the answer that its phone was given."""
    rows = await fetch("SELECT key, answer FROM idempotency_keys WHERE key LIKE 'F1-%'")
    stored, told = dict(rows), {w.key: a for w, a in answers}
    return [
        f"{key}: told {told.get(key)}, stored {stored.get(key)}"
        for key in stored.keys() | told.keys()
        if stored.get(key) != told.get(key)
    ]
