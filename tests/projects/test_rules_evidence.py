"""How evidence adds up."""

from hypothesis import given
from hypothesis import strategies as st

from backend.projects.rules import total_evidence, total_minutes
from backend.projects.types import EvidenceFacts, EvidenceKind

CAPACITIES = ("party_worker", "social_worker", "volunteer")

HOURS = st.builds(
    lambda kind, minutes: EvidenceFacts(
        kind.value, sum(minutes.values()), "minutes", tuple(sorted(minutes.items()))
    ),
    st.sampled_from([EvidenceKind.HOURS_VOLUNTEER, EvidenceKind.HOURS_DUTY]),
    st.dictionaries(st.sampled_from(CAPACITIES), st.integers(1, 600), min_size=1),
)
OTHERS = st.builds(
    EvidenceFacts,
    st.sampled_from(["need", "decision", "money", "people_reached"]),
    st.integers(0, 10**12),
    st.just("unit"),
)


@given(st.lists(HOURS | OTHERS))
def test_nothing_is_lost_and_nothing_is_counted_twice(facts: list[EvidenceFacts]) -> None:
    totals = total_evidence(facts)
    assert len({(total.kind, total.unit) for total in totals}) == len(totals)
    assert sum(total.quantity for total in totals) == sum(fact.quantity for fact in facts)
    assert sum(total.entries for total in totals) == len(facts)


@given(st.lists(HOURS | OTHERS))
def test_minutes_by_capacity_are_the_minutes_of_the_hours(facts: list[EvidenceFacts]) -> None:
    hours = [fact for fact in facts if fact.kind.startswith("hours_")]
    assert sum(total_minutes(facts).values()) == sum(fact.quantity for fact in hours)


def test_hours_that_name_no_capacity_count_by_their_ledger() -> None:
    facts = [
        EvidenceFacts("hours_volunteer", 120, "minutes"),
        EvidenceFacts("hours_duty", 60, "minutes"),
        EvidenceFacts("people_reached", 35, "persons"),
    ]
    assert total_minutes(facts) == {"volunteer": 120, "duty": 60}
