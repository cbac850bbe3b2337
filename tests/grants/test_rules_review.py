"""Who reviews, who stands back, and what a score sheet holds."""

from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.grants.rules import (
    NotOnPanel,
    PanelMemberUnfit,
    PanelSizeWrong,
    PointsInvalid,
    ReviewerWorksForApplicant,
    admit_panel,
    require_no_staff,
    require_on_panel,
    score_points,
)
from tests.grants.packs import REVIEW

A, B, C, D = (uuid4() for _ in range(4))
MOST = {row.value.key: row.value.max_points for row in REVIEW.rubric}


def test_as_many_reviewers_as_the_pack_says() -> None:
    admit_panel([A, B, C], {A, B, C, D}, REVIEW)


@pytest.mark.parametrize("panel", [[], [A, B], [A, B, C, D], [A, B, B], [A, B, C, C]])
def test_another_number_of_people_is_no_panel(panel: list[UUID]) -> None:
    with pytest.raises(PanelSizeWrong) as refusal:
        admit_panel(panel, {A, B, C, D}, REVIEW)
    assert refusal.value.facts["needed"] == 3


def test_who_is_no_reviewer_here_is_named() -> None:
    with pytest.raises(PanelMemberUnfit) as refusal:
        admit_panel([A, B, D], {A, B, C}, REVIEW)
    assert refusal.value.facts["reviewer_ids"] == [str(D)]


def test_staff_of_an_applicant_stand_back() -> None:
    require_no_staff([A, B], {uuid4(): {C}}, REVIEW)
    with pytest.raises(ReviewerWorksForApplicant) as refusal:
        require_no_staff([A, B], {uuid4(): {C}, uuid4(): {B, D}}, REVIEW)
    assert refusal.value.facts["reviewer_ids"] == [str(B)]


def test_a_city_without_this_ground_does_not_ask() -> None:
    recusal = msgspec.structs.replace(REVIEW.recusal, value=())
    require_no_staff([A], {uuid4(): {A}}, msgspec.structs.replace(REVIEW, recusal=recusal))


def test_only_the_assigned_score() -> None:
    require_on_panel(A, [A, B])
    with pytest.raises(NotOnPanel):
        require_on_panel(C, [A, B])


@given(st.fixed_dictionaries({key: st.integers(0, most) for key, most in MOST.items()}))
def test_a_full_sheet_adds_up_to_at_most_a_hundred(points: dict[str, int]) -> None:
    assert score_points(points, REVIEW) == sum(points.values()) <= 100


@pytest.mark.rule("SS-20")
def test_the_sheet_has_the_criteria_of_the_document() -> None:
    quoted = {row.clause for row in REVIEW.rubric if "SS-20" in row.rule_ids}
    assert quoted == {"工作实施规范", "服务开展正常", "群众口碑较好"}
    assert score_points(MOST, REVIEW) == 100


@pytest.mark.parametrize("key", MOST)
def test_each_criterion_has_its_own_maximum(key: str) -> None:
    for wrong in (MOST[key] + 1, -1):
        with pytest.raises(PointsInvalid) as refusal:
            score_points(MOST | {key: wrong}, REVIEW)
        assert f"0–{MOST[key]}" in refusal.value.sentence("zh-CN")


@pytest.mark.parametrize("key", MOST)
def test_no_criterion_is_left_out(key: str) -> None:
    with pytest.raises(PointsInvalid):
        score_points({other: 1 for other in MOST if other != key}, REVIEW)


def test_no_criterion_is_invented() -> None:
    with pytest.raises(PointsInvalid) as refusal:
        score_points(MOST | {"charm": 1}, REVIEW)
    assert "回应居民需求（need）0–30" in refusal.value.sentence("zh-CN")
    assert "sound budget (budget) 0–10" in refusal.value.sentence("en")
