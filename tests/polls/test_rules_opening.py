"""Around a vote: opening hours, the state they make, who is present, what is frozen."""

import json
import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest

from backend.core.problems import Refusal
from backend.polls.rules import (
    MotionAlreadyOpened,
    MotionClosed,
    MotionNotOpen,
    NotCheckedIn,
    NotOnRoll,
    ResultNotReady,
    ballot_receipt,
    decide_state,
    manifest_of,
    parse_rules,
    require_on_roll,
    require_open,
    require_presence,
    require_result,
    require_uncounted,
    require_unopened,
    roll_sha256,
)
from backend.polls.types import Choice, Electorate, MotionState, RollEntry, Secrecy
from backend.settings import SEED_DIR

DOCUMENTS = {f.name: tomllib.loads(f.read_text()) for f in (SEED_DIR / "rules").glob("*.toml")}
RULES = {rule.id: rule for rule in parse_rules(DOCUMENTS)}
AT = datetime(2026, 3, 11, 19, 0, tzinfo=timezone(timedelta(hours=8)))

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


@pytest.mark.parametrize(
    ("opens", "closes", "closed", "state"),
    [
        (None, None, None, MotionState.DRAFT),
        (None, None, 0, MotionState.WITHDRAWN),
        (1, 9, None, MotionState.DRAFT),
        (0, 1, None, MotionState.OPEN),
        (-5, None, None, MotionState.OPEN),
        (-5, 0, None, MotionState.ENDED),
        (-5, 5, 0, MotionState.CLOSED),
    ],
)
def test_state_follows_from_the_moments(
    opens: int | None, closes: int | None, closed: int | None, state: MotionState
) -> None:
    moments = (
        None if shift is None else AT + timedelta(seconds=shift)
        for shift in (opens, closes, closed)
    )
    assert decide_state(*moments, AT) is state


def test_a_motion_opens_once_and_a_withdrawn_one_never() -> None:
    require_unopened(None, None)
    with pytest.raises(MotionAlreadyOpened):
        require_unopened(AT, None)
    with pytest.raises(MotionClosed):
        require_unopened(None, AT)


def test_a_motion_is_counted_once_after_it_was_opened() -> None:
    require_uncounted(AT, None)
    with pytest.raises(MotionNotOpen):
        require_uncounted(None, None)
    with pytest.raises(MotionClosed):
        require_uncounted(AT, AT)


def test_no_count_before_the_end_and_no_vote_off_the_roll() -> None:
    require_result(is_counted=True)
    require_on_roll(is_on_roll=True)
    with pytest.raises(ResultNotReady):
        require_result(is_counted=False)
    with pytest.raises(NotOnRoll):
        require_on_roll(is_on_roll=False)


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
