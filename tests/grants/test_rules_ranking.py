"""The order of applications: exact, total, and explained."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.grants.rules import factors_of, mean_of, rank_candidates
from backend.grants.types import Candidate
from backend.organisations.types import OrganisationKind
from backend.policies.types import PriorityFactor
from tests.grants.packs import REVIEW

NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)
SIZE = REVIEW.panel_size.value
PRIORITY = [factor.value for factor in REVIEW.priority]


def candidate(
    totals: tuple[int, ...], *factors: PriorityFactor, minute: int = 0, name: UUID | None = None
) -> Candidate:
    """A submitted application with these totals."""
    return Candidate(
        application_id=name or uuid4(),
        organisation_id=uuid4(),
        organisation_name="暮光助老社",
        title="暮光陪伴",
        requested_fen=100,
        submitted_at=NOON + timedelta(minutes=minute),
        totals=totals,
        factors=frozenset(factors),
    )


CANDIDATES = st.builds(
    lambda totals, factors, minute: candidate(tuple(totals), *factors, minute=minute),
    st.lists(st.integers(0, 100), max_size=SIZE),
    st.sets(st.sampled_from(PriorityFactor)),
    st.integers(0, 3),
)


def test_the_higher_mean_comes_first_and_is_shown_exactly() -> None:
    low, high = candidate((80, 80, 80)), candidate((81, 80, 80))
    ranking = rank_candidates([low, high], REVIEW)
    assert [ranked.candidate for ranked in ranking.items] == [high, low]
    assert [ranked.total for ranked in ranking.items] == ["241/3", "240/3"]
    assert [ranked.tie_broken_by for ranked in ranking.items] == [None, None]
    assert ranking.is_complete


@pytest.mark.rule("SS-19")
def test_among_equals_community_organisations_come_first() -> None:
    agency = candidate((80, 80, 80), *factors_of(OrganisationKind.AGENCY))
    residents = candidate(
        (70, 80, 90), *factors_of(OrganisationKind.COMMUNITY_ORGANISATION), minute=5
    )
    ranking = rank_candidates([agency, residents], REVIEW)
    assert [ranked.candidate for ranked in ranking.items] == [residents, agency]
    assert ranking.items[1].tie_broken_by == "community_organisation"


def test_priority_never_beats_a_higher_mean() -> None:
    better = candidate((80, 80, 81))
    favoured = candidate((80, 80, 80), *PriorityFactor)
    assert rank_candidates([favoured, better], REVIEW).items[0].candidate == better


def test_priorities_act_in_the_order_of_the_pack() -> None:
    first, later = candidate((80,), PRIORITY[0]), candidate((80,), *PRIORITY[1:])
    ranking = rank_candidates([later, first], REVIEW)
    assert ranking.items[0].candidate == first


def test_without_other_difference_who_came_first_stands_first() -> None:
    late, early = candidate((80, 80, 80), minute=1), candidate((80, 80, 80))
    ranking = rank_candidates([late, early], REVIEW)
    assert [ranked.candidate for ranked in ranking.items] == [early, late]
    assert ranking.items[1].tie_broken_by == "submitted_at"


@pytest.mark.parametrize(("totals", "missing"), [((), SIZE), ((80,), SIZE - 1), ((80,) * SIZE, 0)])
def test_it_is_complete_when_no_score_is_missing(totals: tuple[int, ...], missing: int) -> None:
    ranking = rank_candidates([candidate((80,) * SIZE), candidate(totals)], REVIEW)
    assert (ranking.missing_scores, ranking.is_complete) == (missing, missing == 0)


def test_nothing_is_complete_without_an_application() -> None:
    assert not rank_candidates([], REVIEW).is_complete


@given(st.lists(CANDIDATES, max_size=8))
def test_the_order_is_a_permutation_that_never_rises(candidates: list[Candidate]) -> None:
    items = rank_candidates(candidates, REVIEW).items
    assert {ranked.candidate.application_id for ranked in items} == {
        one.application_id for one in candidates
    }
    assert [ranked.rank for ranked in items] == list(range(1, len(candidates) + 1))
    means = [mean_of(ranked.candidate) for ranked in items]
    assert means == sorted(means, reverse=True)
    for ranked in items:
        above, below = map(int, ranked.total.split("/"))
        assert below == len(ranked.candidate.totals)
        assert below == 0 or Fraction(above, below) == mean_of(ranked.candidate)


@given(st.lists(CANDIDATES, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_arrival_in_the_list_does_not_matter(
    candidates: list[Candidate], random: object
) -> None:
    shuffled = list(candidates)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rank_candidates(shuffled, REVIEW) == rank_candidates(candidates, REVIEW)


@given(st.lists(CANDIDATES, min_size=2, max_size=8))
def test_a_tie_is_explained_exactly_where_there_is_one(candidates: list[Candidate]) -> None:
    items = rank_candidates(candidates, REVIEW).items
    for before, after in pairwise(items):
        tied = mean_of(before.candidate) == mean_of(after.candidate)
        assert (after.tie_broken_by is not None) is tied
