"""Deciding a motion: the document's examples, and what a result tells."""

import tomllib
from dataclasses import replace

import pytest

from backend.polls.rules import (
    ModeNotOffered,
    OpinionOnly,
    decide_motion,
    decide_quorum,
    parse_clause,
    parse_rules,
)
from backend.polls.types import (
    Amount,
    Clause,
    ClauseSet,
    Counts,
    Electorate,
    Outcome,
    VotingRule,
)
from backend.settings import SEED_DIR

FILES = sorted((SEED_DIR / "rules").glob("*.toml"))
RULES = {r.id: r for r in parse_rules({f.name: tomllib.loads(f.read_text()) for f in FILES})}
PASSED, NOT_PASSED, NO_QUORUM = Outcome.PASSED, Outcome.NOT_PASSED, Outcome.NO_QUORUM
RESIDENTS, HOUSEHOLDS = Electorate.RESIDENTS, Electorate.HOUSEHOLDS
MEMBERS, OWNERS = Electorate.MEMBERS, Electorate.OWNERS


def heads(eligible: int, present: int, yes: int, no: int = 0, abstain: int = 0) -> Counts:
    """Counts of people, without areas; whoever is left over of those present did not vote."""
    valid = Amount(yes + no + abstain)
    return Counts(
        Amount(eligible), Amount(present), valid, valid, Amount(yes), Amount(no), Amount(abstain)
    )


def owners(eligible: tuple[int, int], took_part: tuple[int, int], yes: tuple[int, int]) -> Counts:
    """Counts of (heads, area in 0.01 m²); those who took part and did not agree said no."""
    part, agreed = Amount(*took_part), Amount(*yes)
    no = Amount(part.heads - agreed.heads, part.area_centi - agreed.area_centi)
    return Counts(Amount(*eligible), part, part, part, agreed, no, Amount())


# The examples of the document ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("present", "ballots", "outcome"),
    [
        (50, (50, 0, 0), NO_QUORUM),
        (51, (51, 0, 0), PASSED),
        (51, (26, 25, 0), PASSED),
        (51, (25, 26, 0), NOT_PASSED),
        (51, (26, 0, 25), PASSED),
        (51, (25, 0, 26), NOT_PASSED),
        (51, (25, 0, 0), NOT_PASSED),
    ],
)
@pytest.mark.parametrize("mode", [RESIDENTS, HOUSEHOLDS])
def test_residents_meeting_of_100(
    mode: Electorate, present: int, ballots: tuple[int, int, int], outcome: Outcome
) -> None:
    counts = heads(100, present, *ballots)
    assert decide_motion(RULES["RC-1"], counts, mode).outcome is outcome


@pytest.mark.parametrize(
    ("present", "yes", "outcome"),
    [(19, 19, NO_QUORUM), (20, 11, PASSED), (20, 10, NOT_PASSED), (30, 16, PASSED)],
)
def test_representative_meeting_of_30(present: int, yes: int, outcome: Outcome) -> None:
    assert decide_motion(RULES["RC-2"], heads(30, present, yes), MEMBERS).outcome is outcome


@pytest.mark.parametrize(
    ("took_part", "outcome"),
    [
        ((600, 66_666_67), PASSED),
        ((600, 66_666_66), NO_QUORUM),
        ((599, 66_666_67), NO_QUORUM),
        ((599, 66_666_66), NO_QUORUM),
        ((900, 66_666_66), NO_QUORUM),
        ((599, 100_000_00), NO_QUORUM),
    ],
)
def test_owners_need_two_thirds_of_area_and_of_heads(
    took_part: tuple[int, int], outcome: Outcome
) -> None:
    counts = owners((900, 100_000_00), took_part, took_part)
    assert decide_motion(RULES["OW-1"], counts, OWNERS).outcome is outcome


@pytest.mark.parametrize(
    ("rule", "yes", "outcome"),
    [
        ("OW-1", (301, 35_000_01), PASSED),
        ("OW-1", (300, 70_000_00), NOT_PASSED),
        ("OW-1", (600, 35_000_00), NOT_PASSED),
        ("OW-2", (450, 52_500_00), PASSED),
        ("OW-2", (449, 70_000_00), NOT_PASSED),
        ("OW-2", (600, 52_499_99), NOT_PASSED),
        ("OW-2", (301, 35_000_01), NOT_PASSED),
    ],
)
def test_owners_majorities_are_of_those_taking_part(
    rule: str, yes: tuple[int, int], outcome: Outcome
) -> None:
    counts = owners((900, 100_000_00), (600, 70_000_00), yes)
    assert decide_motion(RULES[rule], counts, OWNERS).outcome is outcome


def test_spoilt_ballots_of_owners_count_against() -> None:
    part, valid, yes = Amount(600, 70_000_00), Amount(400, 50_000_00), Amount(300, 35_000_01)
    no = Amount(100, 14_999_99)
    counts = Counts(Amount(900, 100_000_00), part, part, valid, yes, no, Amount())
    assert decide_motion(RULES["OW-1"], counts, OWNERS).outcome is NOT_PASSED


@pytest.mark.parametrize(
    ("present", "yes", "outcome"),
    [(12, 12, PASSED), (12, 11, NOT_PASSED), (11, 11, NO_QUORUM)],
)
def test_dwelling_to_business_use_is_unanimous(present: int, yes: int, outcome: Outcome) -> None:
    assert decide_motion(RULES["OW-3"], heads(12, present, yes), OWNERS).outcome is outcome


@pytest.mark.parametrize(
    ("mode", "present", "outcome"),
    [
        (RESIDENTS, 31, PASSED),
        (RESIDENTS, 30, NO_QUORUM),
        (HOUSEHOLDS, 40, PASSED),
        (HOUSEHOLDS, 39, NO_QUORUM),
    ],
)
def test_villagers_meeting_mode_picks_its_own_quorum(
    mode: Electorate, present: int, outcome: Outcome
) -> None:
    assert decide_motion(RULES["VC-1"], heads(60, present, present), mode).outcome is outcome


def test_party_members_are_counted_against_all_who_should_attend() -> None:
    rule = RULES["PB-1"]
    assert decide_motion(rule, heads(30, 20, 15), MEMBERS).outcome is NOT_PASSED
    assert decide_motion(rule, heads(30, 20, 16), MEMBERS).outcome is PASSED


# What a result tells ------------------------------------------------------------------------


def test_result_reports_every_clause_in_words_a_resident_understands() -> None:
    quorum, passing = decide_motion(RULES["RC-1"], heads(100, 51, 25, 0, 26), RESIDENTS).clauses
    assert (quorum.kind, quorum.numerator, quorum.denominator, quorum.bound) == (
        "quorum", 51, 100, 51,
    )  # fmt: skip
    assert quorum.words_zh == "应到 100 人，实到 51 人；须超过半数（至少 51 人）：达到"
    assert quorum.words_en == "51 of 100 came; more than half are needed (at least 51): yes"
    assert (passing.kind, passing.numerator, passing.denominator, passing.bound) == (
        "pass", 25, 51, 26,
    )  # fmt: skip
    assert passing.words_zh == "到会 51 人，同意 25 人；须超过半数（至少 26 人）：未达到"
    assert passing.words_en.endswith("25 of 51 present said yes; more than half are needed "
                                     "(at least 26): no")  # fmt: skip


def test_owners_result_shows_areas_with_two_decimals() -> None:
    counts = owners((900, 100_000_00), (600, 66_666_66), (600, 66_666_66))
    area = decide_motion(RULES["OW-1"], counts, OWNERS).clauses[0]
    assert area.words_zh == (
        "共 100,000.00 平方米，参加 66,666.66 平方米；"
        "须达三分之二以上（至少 66,666.67 平方米）：未达到"
    )
    assert area.words_en == (
        "66,666.66 of 100,000.00 m² took part; "
        "at least two thirds are needed (at least 66,666.67): no"
    )


def test_quorum_can_be_watched_before_anyone_votes() -> None:
    (clause,) = decide_quorum(RULES["RC-2"], heads(30, 19, 0), MEMBERS)
    assert (clause.holds, clause.bound) == (False, 20)


def test_a_mode_the_rule_does_not_know_is_refused() -> None:
    with pytest.raises(ModeNotOffered) as refused:
        decide_motion(RULES["RC-2"], heads(30, 20, 20), RESIDENTS)
    assert refused.value.facts["offered"] == ["members"]


def test_deliberation_forms_an_opinion_unless_the_place_agreed_on_a_majority() -> None:
    counts = heads(10, 4, 3)
    with pytest.raises(OpinionOnly):
        decide_motion(RULES["DL-1"], counts, MEMBERS)
    assert decide_motion(RULES["DL-1-VOTE"], counts, MEMBERS).outcome is PASSED


def test_an_empty_roll_decides_nothing() -> None:
    assert decide_motion(RULES["RC-2"], heads(0, 0, 0), MEMBERS).outcome is NO_QUORUM


@pytest.mark.parametrize("modes", [("households", "households"), (None, None)])
def test_of_several_sets_for_one_mode_one_is_enough(modes: tuple[str | None, ...]) -> None:
    first = parse_clause({"basis": "heads", "of": "eligible", "at": "1/1", "strict": False})
    second = parse_clause({"basis": "heads", "of": "eligible", "at": "1/3", "strict": False})
    rule = _with_quorum(RULES["RC-1"], modes, (first, second))
    assert decide_motion(rule, heads(9, 3, 3), HOUSEHOLDS).outcome is PASSED
    assert decide_motion(rule, heads(9, 2, 2), HOUSEHOLDS).outcome is NO_QUORUM


def _with_quorum(
    rule: VotingRule, modes: tuple[str | None, ...], clauses: tuple[Clause, ...]
) -> VotingRule:
    sets = tuple(
        ClauseSet(Electorate(mode) if mode else None, (clause,))
        for mode, clause in zip(modes, clauses, strict=True)
    )
    return replace(rule, quorum=sets)
