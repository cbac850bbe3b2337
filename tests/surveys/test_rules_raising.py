"""From an option to a need."""

from uuid import UUID, uuid4

import pytest

from backend.needs.types import NeedCategory
from backend.surveys.rules import (
    NeedCategoryMissing,
    NobodyChoseOption,
    OptionUnknown,
    choose_category,
    find_option,
    require_voices,
    share_of,
    source_ref,
)
from backend.surveys.types import Option, Questionnaire, SingleQuestion, TextQuestion

ELDERLY, HEALTH = NeedCategory.ELDERLY, NeedCategory.HEALTH
CARE = Option(id="care", zh="照护", en="Care", category=ELDERLY)
OTHER = Option(id="other", zh="其他", en="Other")
QUESTIONNAIRE = Questionnaire(
    questions=(
        SingleQuestion(id="one", zh="一", en="one", options=(CARE, OTHER)),
        TextQuestion(id="words", zh="话", en="words"),
    )
)


def test_an_option_is_found_by_its_question() -> None:
    assert find_option(QUESTIONNAIRE, "one", "other") is OTHER
    for question_id, option_id in (("one", "none"), ("two", "care"), ("words", "care")):
        with pytest.raises(OptionUnknown):
            find_option(QUESTIONNAIRE, question_id, option_id)


def test_the_named_category_goes_before_the_options_own() -> None:
    assert choose_category(HEALTH, CARE) is HEALTH
    assert choose_category(None, CARE) is ELDERLY
    assert choose_category(HEALTH, OTHER) is HEALTH
    with pytest.raises(NeedCategoryMissing):
        choose_category(None, OTHER)


def test_a_need_has_voices() -> None:
    require_voices([uuid4()])
    with pytest.raises(NobodyChoseOption):
        require_voices([])


def test_the_reference_fits_its_column() -> None:
    survey_id = UUID(int=1)
    assert source_ref(survey_id, "one", "care") == f"{survey_id}:one:care"
    assert len(source_ref(survey_id, "q" * 20, "o" * 20)) <= 100


@pytest.mark.parametrize(
    ("count", "base", "expected"), [(84, 200, "84/200"), (0, 3, "0/3"), (0, 0, None)]
)
def test_a_share_keeps_its_base_in_sight(count: int, base: int, expected: str | None) -> None:
    assert share_of(count, base) == expected
