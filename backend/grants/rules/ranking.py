"""The order of applications: exact means, ties by the pack's priority, then by submission.

SS-19 优先交给社区社会组织开展, SS-27 and SS-29 ask for priority; that it acts on ties only is the
pack's local reading. Means are compared as fractions, never rounded.
"""

from collections.abc import Sequence
from fractions import Fraction

from backend.grants.types import Candidate, Ranked, Ranking
from backend.organisations.types import OrganisationKind
from backend.policies.types import PriorityFactor, Review

BY_SUBMISSION = "submitted_at"


def factors_of(kind: OrganisationKind) -> frozenset[PriorityFactor]:
    """What the record says of an applicant's claim to priority."""
    if kind is OrganisationKind.COMMUNITY_ORGANISATION:
        return frozenset({PriorityFactor.COMMUNITY_ORGANISATION})
    return frozenset()


def mean_of(candidate: Candidate) -> Fraction:
    """The exact mean of the totals so far; −1 without any, so that it stands last."""
    totals = candidate.totals
    return Fraction(sum(totals), len(totals)) if totals else Fraction(-1)


def rank_candidates(candidates: Sequence[Candidate], review: Review) -> Ranking:
    """Order candidates: highest mean first; equal means by priority, then by who came first."""
    panel_size, priority = review.panel_size.value, [factor.value for factor in review.priority]
    ordered = sorted(
        candidates,
        key=lambda one: (
            -mean_of(one),
            [factor not in one.factors for factor in priority],
            one.submitted_at,
            one.application_id,
        ),
    )
    items = tuple(
        Ranked(
            rank,
            candidate,
            f"{sum(candidate.totals)}/{len(candidate.totals)}",
            _tie_broken_by(ordered[rank - 2], candidate, priority) if rank > 1 else None,
        )
        for rank, candidate in enumerate(ordered, start=1)
    )
    missing = sum(max(panel_size - len(one.totals), 0) for one in candidates)
    return Ranking(items, panel_size, missing)


def _tie_broken_by(
    before: Candidate, after: Candidate, priority: Sequence[PriorityFactor]
) -> str | None:
    """What put `after` behind an equally scored one; None where the score did."""
    if mean_of(before) != mean_of(after):
        return None
    for factor in priority:
        if (factor in before.factors) != (factor in after.factors):
            return factor.value
    return BY_SUBMISSION
