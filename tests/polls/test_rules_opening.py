"""Around a vote: notice, opening hours, who is present, who sits, what is frozen."""

import json
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest

from backend.core.problems import Refusal
from backend.polls.rules import (
    CompositionUnlawful,
    MotionClosed,
    MotionNotOpen,
    NotCheckedIn,
    NoticeTooShort,
    ballot_receipt,
    manifest_of,
    parse_rules,
    require_composition,
    require_notice,
    require_open,
    require_presence,
    roll_sha256,
)
from backend.polls.types import Choice, Composition, Electorate, RollEntry, Secrecy
from backend.settings import SEED_DIR

DOCUMENTS = {f.name: tomllib.loads(f.read_text()) for f in (SEED_DIR / "rules").glob("*.toml")}
RULES = {rule.id: rule for rule in parse_rules(DOCUMENTS)}
FIRST = date(2026, 3, 1)
AT = datetime(2026, 3, 11, 19, 0, tzinfo=timezone(timedelta(hours=8)))

# Notice -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "starts_on", "reason", "earliest"),
    [
        ("RC-1", date(2026, 3, 11), None, None),
        ("RC-1", date(2026, 3, 10), None, date(2026, 3, 11)),
        ("RC-1", date(2026, 3, 10), "  ", date(2026, 3, 11)),
        ("RC-1", FIRST, "台风后抢修", None),
        ("RC-1", date(2026, 2, 28), "台风后抢修", FIRST),
        ("RC-2", date(2026, 3, 4), None, None),
        ("RC-2", date(2026, 3, 3), "台风后抢修", date(2026, 3, 4)),
        ("OW-1", date(2026, 3, 15), None, date(2026, 3, 16)),
        ("VC-2", FIRST, None, None),
    ],
)
def test_notice(rule: str, starts_on: date, reason: str | None, earliest: date | None) -> None:
    if earliest is None:
        require_notice(RULES[rule], FIRST, starts_on, reason)
        return
    with pytest.raises(NoticeTooShort) as refused:
        require_notice(RULES[rule], FIRST, starts_on, reason)
    assert refused.value.facts["earliest"] == earliest


def test_notice_refusal_tells_the_earliest_day() -> None:
    with pytest.raises(NoticeTooShort) as refused:
        require_notice(RULES["RC-1"], FIRST, date(2026, 3, 5))
    assert refused.value.sentence("zh-CN") == "须提前 10 天通知；最早可于 2026-03-11 召开。"


def test_notice_takes_days_not_moments() -> None:
    with pytest.raises(TypeError):
        require_notice(RULES["RC-1"], AT, AT + timedelta(days=20))


# Open and present ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opens", "closes", "refusal"),
    [
        (0, 1, None),
        (-5, None, None),
        (1, 5, MotionNotOpen),
        (None, None, MotionNotOpen),
        (-5, 0, MotionClosed),
        (-5, -1, MotionClosed),
    ],
)
def test_motion_is_open_from_its_first_moment_to_before_its_last(
    opens: int | None, closes: int | None, refusal: type[Refusal] | None
) -> None:
    opens_at, closes_at = (
        None if shift is None else AT + timedelta(microseconds=shift) for shift in (opens, closes)
    )
    if refusal is None:
        require_open(opens_at, closes_at, AT)
        return
    with pytest.raises(refusal):
        require_open(opens_at, closes_at, AT)


def test_only_those_at_the_meeting_vote_where_the_rule_says_so() -> None:
    require_presence(RULES["RC-1"], is_present=True)
    require_presence(RULES["OW-1"], is_present=False)
    with pytest.raises(NotCheckedIn):
        require_presence(RULES["RC-1"], is_present=False)


# Composition --------------------------------------------------------------------------------


def composition_of(rule_id: str) -> Composition:
    """The composition that a rule asks for."""
    found = RULES[rule_id].composition
    assert found
    return found


@pytest.mark.parametrize(
    ("committee", "representatives", "needed"),
    [(6, 24, None), (6, 23, 24), (7, 28, None), (7, 27, 28), (0, 0, 1), (1, 0, 4)],
)
def test_four_fifths_are_representatives(
    committee: int, representatives: int, needed: int | None
) -> None:
    composition, households = composition_of("RC-2"), representatives * 30
    if needed is None:
        assert require_composition(composition, committee, representatives, households) == ()
        return
    with pytest.raises(CompositionUnlawful) as refused:
        require_composition(composition, committee, representatives, households)
    assert refused.value.facts["needed"] == needed


@pytest.mark.parametrize(
    ("households", "is_reported"),
    [(600, False), (1500, False), (599, True), (1501, True)],
)
def test_representatives_per_household_are_only_reported(
    households: int, is_reported: bool
) -> None:
    findings = require_composition(composition_of("RC-2"), 6, 30, households)
    assert [f.code for f in findings] == ["representatives-per-household"] * is_reported


def test_women_are_a_third_of_a_villagers_composition() -> None:
    composition = composition_of("VC-2")
    require_composition(composition, 5, 25, 300, women=10)
    require_composition(composition, 5, 25, 300)
    with pytest.raises(CompositionUnlawful) as refused:
        require_composition(composition, 5, 25, 300, women=9)
    assert refused.value.facts == {"group": "women", "have": 9, "needed": 10}


# Frozen -------------------------------------------------------------------------------------

ROLL = [RollEntry("b", 1, 90_00), RollEntry("a", 2, 120_50), RollEntry("c")]
FROZEN: dict[str, Any] = {
    "motion_id": "m1",
    "question": "是否加装电梯？",
    "rule": RULES["RC-1"],
    "roll_sha256": roll_sha256(ROLL),
    "mode": Electorate.RESIDENTS,
    "secrecy": Secrecy.NAMED,
    "opens_at": AT,
    "closes_at": AT + timedelta(hours=2),
}


def test_manifest_is_canonical_and_readable() -> None:
    manifest = manifest_of(**FROZEN)
    facts = json.loads(manifest.canonical)
    assert manifest.sha256 == sha256(manifest.canonical).hexdigest()
    assert facts["question"] == "是否加装电梯？"
    assert (facts["rule"], facts["rule_version"]) == ("RC-1", 1)
    assert facts["opens_at"] == "2026-03-11T11:00:00.000000+00:00"
    assert manifest == manifest_of(**(FROZEN | {"opens_at": AT.astimezone(UTC)}))


@pytest.mark.parametrize(
    "change",
    [
        {"motion_id": "m2"},
        {"question": "是否加装电梯? "},
        {"rule": RULES["RC-old"]},
        {"rule": replace(RULES["RC-1"], version=2)},
        {"rule": replace(RULES["RC-1"], notice_days=9)},
        {"roll_sha256": "0" * 64},
        {"mode": Electorate.HOUSEHOLDS},
        {"secrecy": Secrecy.SEALED_ONE_HOUSE},
        {"opens_at": AT + timedelta(microseconds=1)},
        {"closes_at": None},
    ],
)
def test_any_change_changes_the_manifest(change: dict[str, Any]) -> None:
    assert manifest_of(**(FROZEN | change)).sha256 != manifest_of(**FROZEN).sha256


def test_manifest_wants_moments_with_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        manifest_of(**(FROZEN | {"opens_at": AT.replace(tzinfo=None)}))


def test_roll_hash_knows_no_order_and_every_weight() -> None:
    assert roll_sha256(reversed(ROLL)) == roll_sha256(ROLL)
    assert roll_sha256(ROLL[:2]) != roll_sha256(ROLL)
    assert roll_sha256([*ROLL[:2], RollEntry("c", 2)]) != roll_sha256(ROLL)
    assert roll_sha256([*ROLL[:2], RollEntry("c", 1, 1)]) != roll_sha256(ROLL)
    with pytest.raises(ValueError, match="twice"):
        roll_sha256([*ROLL, RollEntry("c", 3)])


def test_receipt_differs_with_every_fact() -> None:
    receipt = ballot_receipt("m1", "a", Choice.YES, AT)
    others = {
        ballot_receipt("m1", "a", Choice.NO, AT),
        ballot_receipt("m2", "a", Choice.YES, AT),
        ballot_receipt("m1", "b", Choice.YES, AT),
        ballot_receipt("m1", "a", Choice.YES, AT + timedelta(seconds=1)),
    }
    assert len({receipt, *others}) == 5
    assert len(receipt) == 16
    assert receipt == ballot_receipt("m1", "a", Choice.YES, AT.astimezone(UTC))
