"""Rules are loaded once a version, and read back as they were written."""

import tomllib
from typing import Any

import pytest

from backend.core.db import fetch, fetch_value
from backend.polls.actions import load_voting_rules
from backend.polls.queries import read_rule
from backend.polls.rules import parse_rules, rule_sha256
from backend.settings import SEED_DIR

COUNT = "SELECT count(*) FROM voting_rules"


def _documents() -> dict[str, Any]:
    return {f.name: tomllib.loads(f.read_text()) for f in (SEED_DIR / "rules").glob("*.toml")}


async def test_what_is_loaded_reads_back_as_written(db: None) -> None:
    parsed = {rule.id: rule for rule in parse_rules(_documents())}
    assert await load_voting_rules(_documents()) == len(parsed)
    for row in await fetch("SELECT rule_id, body, sha256 FROM voting_rules"):
        assert read_rule(row["body"]) == parsed[row["rule_id"]]
        assert row["sha256"] == rule_sha256(parsed[row["rule_id"]])


async def test_loading_again_changes_nothing(db: None) -> None:
    await load_voting_rules(_documents())
    before = await fetch_value(COUNT)
    await load_voting_rules(_documents())
    assert await fetch_value(COUNT) == before


async def test_other_parameters_want_another_version(db: None) -> None:
    documents = _documents()
    before = await fetch_value(COUNT)
    rule = documents["residents.toml"]["rule"][1]
    rule["notice_days"] = 5
    with pytest.raises(ValueError, match="RC-2 version 1 was loaded with other parameters"):
        await load_voting_rules(documents)
    rule["version"] = 2
    await load_voting_rules(documents)
    assert await fetch_value(COUNT) == before + 1
