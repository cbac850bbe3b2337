"""Counting ballots: named ones with weights and areas, sealed ones without a voter."""

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.polls.rules import tally_ballots, tally_sealed
from backend.polls.types import Amount, BallotEntry, Choice, Counts, Presence

YES, NO, ABSTAIN = Choice.YES, Choice.NO, Choice.ABSTAIN
EXAMPLES = settings(max_examples=100, deadline=None, derandomize=True, database=None)
HALL = (
    BallotEntry(1, 80_00, present=True, choice=YES),
    BallotEntry(1, 120_50, present=True, choice=NO),
    BallotEntry(1, 95_25, present=True, choice=ABSTAIN),
    BallotEntry(1, 60_00, present=True, choice=None, is_spoilt=True),
    BallotEntry(1, 70_00, present=True, choice=None),
    BallotEntry(2, 200_00, present=False, choice=None),
)


def test_every_count_is_kept_apart_with_its_area() -> None:
    assert tally_ballots(HALL) == Counts(
        eligible=Amount(7, 625_75),
        present=Amount(5, 425_75),
        cast=Amount(4, 355_75),
        valid=Amount(3, 295_75),
        yes=Amount(1, 80_00),
        no=Amount(1, 120_50),
        abstain=Amount(1, 95_25),
    )


def test_order_does_not_matter() -> None:
    assert {tally_ballots(order) for order in permutations(HALL[:4])} == {tally_ballots(HALL[:4])}


@pytest.mark.parametrize(
    ("presence", "present"),
    [(Presence.CHECKED_IN_OR_CAST, 3), (Presence.CAST, 2)],
)
def test_presence_is_a_parameter(presence: Presence, present: int) -> None:
    entries = (
        BallotEntry(1, 0, present=True, choice=None),
        BallotEntry(1, 0, present=False, choice=YES),
        BallotEntry(1, 0, present=True, choice=NO),
        BallotEntry(1, 0, present=False, choice=None),
    )
    assert tally_ballots(entries, presence).present == Amount(present)


@pytest.mark.parametrize(
    "change",
    [{"present": False}, {"weight_heads": -1}, {"area_centi": -1}, {"is_spoilt": True}],
)
def test_impossible_entry_is_a_fault(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"ballot|negative"):
        tally_ballots([replace(HALL[0], **change)])


ENTRIES = st.builds(
    BallotEntry,
    weight_heads=st.integers(0, 3),
    area_centi=st.integers(0, 10**7),
    present=st.booleans(),
    choice=st.sampled_from([None, *Choice]),
)


@EXAMPLES
@given(st.lists(ENTRIES, max_size=6), st.lists(ENTRIES, max_size=6))
def test_two_halls_add_up(one: list[BallotEntry], other: list[BallotEntry]) -> None:
    presence = Presence.CHECKED_IN_OR_CAST
    whole = tally_ballots(one + other, presence)
    parts = (tally_ballots(one, presence), tally_ballots(other, presence))
    for name in Counts.__slots__:
        assert getattr(whole, name) == getattr(parts[0], name) + getattr(parts[1], name)


@EXAMPLES
@given(st.lists(st.sampled_from([None, "spoilt", *Choice]), max_size=20))
def test_sealed_count_equals_the_named_one(ballots: list[Choice | str | None]) -> None:
    named = [
        BallotEntry(1, 0, True, None if b == "spoilt" else b, b == "spoilt")  # type: ignore[arg-type]
        for b in ballots
    ]
    roll = [replace(entry, choice=None, is_spoilt=False) for entry in named]
    board = [entry.choice for entry in reversed(named) if entry.choice or entry.is_spoilt]
    assert tally_sealed(roll, board) == tally_ballots(named)


@pytest.mark.parametrize(
    ("entries", "choices"),
    [
        ([BallotEntry(2, 0, present=True, choice=None)], [YES]),
        ([BallotEntry(1, 0, present=True, choice=YES)], [YES]),
        ([BallotEntry(1, 0, present=True, choice=None)], [YES, NO]),
        ([BallotEntry(1, 0, present=False, choice=None)], [YES]),
    ],
)
def test_a_board_that_does_not_fit_its_roll_is_a_fault(
    entries: list[BallotEntry], choices: list[Choice | None]
) -> None:
    with pytest.raises(ValueError, match=r"secret vote|nest"):
        tally_sealed(entries, choices)


def test_counts_that_do_not_add_up_are_a_fault() -> None:
    three, one = Amount(3), Amount(1)
    with pytest.raises(ValueError, match="add up"):
        Counts(three, three, three, three, one, one, Amount())
