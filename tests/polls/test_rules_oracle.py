"""Deciding a motion against the law written once more in fractions (trust.md, F15)."""

import tomllib
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from backend.polls.rules import bound_of, decide_motion, holds, parse_rules
from backend.polls.types import Amount, Basis, Clause, Counts, Electorate, Of, Outcome
from backend.settings import SEED_DIR

FILES = sorted((SEED_DIR / "rules").glob("*.toml"))
RULES = {r.id: r for r in parse_rules({f.name: tomllib.loads(f.read_text()) for f in FILES})}
EXAMPLES = settings(max_examples=150, deadline=None, derandomize=True, database=None)
LARGEST = 60
HALF, TWO_THIRDS, THREE_QUARTERS = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)


def counts_of(eligible: Amount, present: Amount, yes: Amount, abstain: Amount) -> Counts:
    """Whoever is present and said neither yes nor abstain said no."""
    no = Amount(
        present.heads - yes.heads - abstain.heads,
        present.area_centi - yes.area_centi - abstain.area_centi,
    )
    return Counts(eligible, present, present, present, yes, no, abstain)


def people(eligible: int, present: int, yes: int, abstain: int = 0) -> Counts:
    """A meeting where every head weighs the same and areas do not matter."""
    return counts_of(Amount(eligible), Amount(present), Amount(yes), Amount(abstain))


def share(part: int, whole: int) -> Fraction:
    """A share as a fraction; a share of nothing reaches nothing."""
    return Fraction(part, whole) if whole else Fraction(-1)


def named(has_quorum: bool, has_passed: bool) -> Outcome:
    """The three outcomes from the two questions."""
    voted = Outcome.PASSED if has_passed else Outcome.NOT_PASSED
    return voted if has_quorum else Outcome.NO_QUORUM


def residents_by_fractions(eligible: int, present: int, yes: int) -> Outcome:
    """居委会法 §27: more than half come, more than half of them agree."""
    return named(share(present, eligible) > HALF, share(yes, present) > HALF)


def representatives_by_fractions(eligible: int, present: int, yes: int) -> Outcome:
    """居委会法 §29: two thirds or more come, more than half of them agree."""
    return named(share(present, eligible) >= TWO_THIRDS, share(yes, present) > HALF)


def every_meeting(triples: int = 24) -> Iterator[tuple[int, int, int]]:
    """All (eligible, present) and all (present, yes) to 60, and all three together to `triples`."""
    for whole in range(1, LARGEST + 1):
        for part in range(whole + 1):
            yield whole, part, part
            yield whole, whole, part
            if whole <= triples:
                yield from ((whole, part, yes) for yes in range(part + 1))


def test_residents_meeting_to_60() -> None:
    for meeting in every_meeting():
        found = decide_motion(RULES["RC-1"], people(*meeting), Electorate.RESIDENTS)
        assert found.outcome is residents_by_fractions(*meeting), meeting


def test_representative_meeting_to_60() -> None:
    for meeting in every_meeting():
        found = decide_motion(RULES["RC-2"], people(*meeting), Electorate.MEMBERS)
        assert found.outcome is representatives_by_fractions(*meeting), meeting


@pytest.mark.parametrize(("rule", "majority", "strict"), [
    ("OW-1", HALF, True), ("OW-2", THREE_QUARTERS, False),
])  # fmt: skip
def test_owners_to_60_on_either_axis(rule: str, majority: Fraction, strict: bool) -> None:
    for eligible, present, yes in every_meeting(triples=6):
        agreed = share(yes, present)
        has_passed = agreed > majority if strict else agreed >= majority
        expected = named(share(present, eligible) >= TWO_THIRDS, has_passed)
        for short_in_heads in (True, False):
            axes = [(eligible, 7), (present, 7), (yes, 7)]
            whole, part, said_yes = (
                Amount(*(pair if short_in_heads else pair[::-1])) for pair in axes
            )
            counts = counts_of(whole, part, said_yes, Amount())
            assert decide_motion(RULES[rule], counts, Electorate.OWNERS).outcome is expected


AMOUNTS = st.lists(st.tuples(st.integers(0, 10**4), st.integers(0, 10**12)), min_size=4, max_size=4)


@EXAMPLES
@given(AMOUNTS)
def test_owners_need_both_heads_and_area(steps: list[tuple[int, int]]) -> None:
    abstain, yes, present, eligible = nested(steps)
    counts = counts_of(eligible, present, yes, abstain)

    def both(part: Amount, whole: Amount, need: Fraction, *, strict: bool) -> bool:
        shares = (share(part.heads, whole.heads), share(part.area_centi, whole.area_centi))
        return min(shares) > need if strict else min(shares) >= need

    expected = named(
        both(present, eligible, TWO_THIRDS, strict=False), both(yes, present, HALF, strict=True)
    )
    assert decide_motion(RULES["OW-1"], counts, Electorate.OWNERS).outcome is expected


def nested(steps: list[tuple[int, int]]) -> tuple[Amount, Amount, Amount, Amount]:
    """Abstain and yes apart, both within present, present within eligible."""
    abstain, yes, rest, absent = (Amount(*step) for step in steps)
    present = abstain + yes + rest
    return abstain, yes, present, present + absent


CLAUSES = st.builds(
    lambda num, more, strict: Clause(Basis.HEADS, Of.ELIGIBLE, num, num + more, strict),
    st.integers(1, 50),
    st.integers(1, 50),
    st.booleans(),
)


@EXAMPLES
@given(CLAUSES, st.integers(1, 10**12))
def test_bound_is_the_smallest_number_that_holds(clause: Clause, whole: int) -> None:
    bound = bound_of(clause, whole)
    assert holds(clause, bound, whole)
    assert not holds(clause, bound - 1, whole)


@EXAMPLES
@given(CLAUSES, st.integers(0, 10**6), st.integers(1, 10**6))
def test_clause_agrees_with_fractions(clause: Clause, part: int, whole: int) -> None:
    need, found = Fraction(clause.num, clause.den), Fraction(part, whole)
    assert holds(clause, part, whole) == (found > need if clause.strict else found >= need)


@pytest.mark.parametrize("strict", [True, False])
def test_of_nothing_nothing_is_reached(strict: bool) -> None:
    clause = Clause(Basis.HEADS, Of.PRESENT, 1, 2, strict)
    assert not holds(clause, 0, 0)
    assert bound_of(clause, 0) == 1


@EXAMPLES
@given(st.integers(1, 500), st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_abstaining_at_a_meeting_weighs_like_a_no(
    absent: int, yes: int, no: int, abstain: int
) -> None:
    present = yes + no + abstain
    rule, mode = RULES["RC-1"], Electorate.RESIDENTS
    found = decide_motion(rule, people(present + absent, present, yes, abstain), mode)
    against = decide_motion(rule, people(present + absent, present, yes), mode)
    assert found == against


@EXAMPLES
@given(st.integers(1, 400), st.integers(0, 400), st.integers(0, 400))
def test_one_more_yes_never_loses_a_motion(absent: int, yes: int, no: int) -> None:
    assume(no > 0)
    rule, mode, total = RULES["RC-2"], Electorate.MEMBERS, yes + no + absent
    before = decide_motion(rule, people(total, yes + no, yes), mode).outcome
    after = decide_motion(rule, people(total, yes + no, yes + 1), mode).outcome
    assert after is before or (before, after) == (Outcome.NOT_PASSED, Outcome.PASSED)
