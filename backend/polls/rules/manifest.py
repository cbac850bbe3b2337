"""What is frozen at opening, and the receipt of a named ballot: canonical bytes and SHA-256."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256

from backend.polls.types import Choice, Electorate, Manifest, RollEntry, Secrecy, VotingRule

RECEIPT_DIGITS = 16


def manifest_of(
    *,
    motion_id: str,
    question: str,
    rule: VotingRule,
    roll_sha256: str,
    mode: Electorate,
    secrecy: Secrecy,
    opens_at: datetime,
    closes_at: datetime | None,
) -> Manifest:
    """The frozen face of a motion (trust.md §1, step 1). The same values give the same bytes."""
    canonical = _canonical(
        {
            "kind": "linli-manifest-1",
            "motion": motion_id,
            "question": question,
            "rule": rule.id,
            "rule_version": rule.version,
            "rule_sha256": rule_sha256(rule),
            "roll_sha256": roll_sha256,
            "mode": mode.value,
            "secrecy": secrecy.value,
            "opens_at": _moment(opens_at),
            "closes_at": None if closes_at is None else _moment(closes_at),
        }
    )
    return Manifest(canonical, sha256(canonical).hexdigest())


def rule_sha256(rule: VotingRule) -> str:
    """The SHA-256 of all a rule says: a parameter changed under the same version shows."""
    return sha256(_canonical({"kind": "linli-rule-1", "rule": asdict(rule)})).hexdigest()


def roll_sha256(entries: Iterable[RollEntry]) -> str:
    """The SHA-256 of a roll whatever its order; ValueError when an entry stands twice."""
    lines = sorted([e.entry_id, e.weight_heads, e.area_centi] for e in entries)
    if len({line[0] for line in lines}) != len(lines):
        raise ValueError("a roll entry stands twice")
    return sha256(_canonical({"kind": "linli-roll-1", "entries": lines})).hexdigest()


def ballot_receipt(motion_id: str, entry_id: str, choice: Choice, cast_at: datetime) -> str:
    """16 hex digits for the voter of a named ballot; never for a secret one: it tells the choice.

    There are three choices, so whoever knows the entry and the moment can try them all.
    """
    facts = [motion_id, entry_id, choice.value, _moment(cast_at)]
    digest = sha256(_canonical({"kind": "linli-receipt-1", "facts": facts})).hexdigest()
    return digest[:RECEIPT_DIGITS]


def _canonical(facts: dict[str, object]) -> bytes:
    return json.dumps(
        facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    ).encode()


def _moment(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")
