"""Loading voting rules from `seed/rules/`."""

from collections.abc import Mapping
from typing import Any

import msgspec

from backend.core.columns import new_id
from backend.core.db import atomic, fetch, fetch_value
from backend.polls import rules
from backend.polls.types import VotingRule


async def load_voting_rules(mappings: Mapping[str, Mapping[str, Any]]) -> int:
    """Store the rules of parsed TOML files by file name; what is there already stays.

    Raises `ValueError` for a file that does not read, and for a rule that says something else
    than was loaded before under the same version: motions have pinned it. Returns how many
    rules the files hold.
    """
    parsed = rules.parse_rules(mappings)
    async with atomic():
        for rule in parsed:
            await _store(rule)
    return len(parsed)


async def _store(rule: VotingRule) -> None:
    digest = rules.rule_sha256(rule)
    await fetch(
        "INSERT INTO voting_rules (id, rule_id, version, jurisdiction, valid_from, valid_to, body,"
        " sha256) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        " ON CONFLICT (rule_id, version) DO NOTHING",
        new_id(),
        rule.id,
        str(rule.version),
        rule.jurisdiction,
        rule.valid_from,
        rule.valid_to,
        msgspec.to_builtins(rule),
        digest,
    )
    stored = await fetch_value(
        "SELECT sha256 FROM voting_rules WHERE rule_id = $1 AND version = $2",
        rule.id,
        str(rule.version),
    )
    if stored != digest:
        raise ValueError(f"{rule.id} version {rule.version} was loaded with other parameters")
