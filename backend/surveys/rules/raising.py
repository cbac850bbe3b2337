"""From what many chose to a need: which option, which category, whose voices."""

from collections.abc import Sequence
from uuid import UUID

from backend.core.problems import Kind, Refusal
from backend.needs.types import NeedCategory
from backend.surveys.types import Option, Questionnaire, TextQuestion


class OptionUnknown(Refusal):
    """A need is raised from an option of this questionnaire."""

    kind = Kind.INVALID
    code = "survey-option-unknown"
    zh = "问卷中没有这个题目或选项，请核对后再试。"
    en = "The survey has no such question or option."


class NeedCategoryMissing(Refusal):
    """The option has no category of its own, so the order must name one."""

    kind = Kind.INVALID
    code = "need-category-missing"
    zh = "该选项没有设定需求类别，请选择一个类别。"
    en = "The option has no need category; name one."


class NobodyChoseOption(Refusal):
    """A need has voices: an option that nobody chose is none."""

    kind = Kind.CONFLICT
    code = "option-chosen-by-nobody"
    zh = "还没有居民选择该选项，不能据此登记需求。"
    en = "Nobody has chosen this option, so no need can be raised from it."


class SurveyNeedRaised(Refusal):
    """From one option one need is raised."""

    kind = Kind.CONFLICT
    code = "survey-need-raised"
    zh = "该选项已登记为需求，不能重复登记。"
    en = "A need was raised from this option already."
    constraint = "survey_needs_once"


def find_option(questionnaire: Questionnaire, question_id: str, option_id: str) -> Option:
    """The option that these ids name."""
    for question in questionnaire.questions:
        if question.id == question_id and not isinstance(question, TextQuestion):
            for option in question.options:
                if option.id == option_id:
                    return option
    raise OptionUnknown


def choose_category(ordered: NeedCategory | None, option: Option) -> NeedCategory:
    """The category that staff names, else the option's own."""
    category = ordered or option.category
    if category is None:
        raise NeedCategoryMissing
    return category


def require_voices(voices: Sequence[UUID]) -> None:
    """Somebody must have chosen it."""
    if not voices:
        raise NobodyChoseOption


def source_ref(survey_id: UUID, question_id: str, option_id: str) -> str:
    """How a need names the option that it came from: survey, question, option."""
    return f"{survey_id}:{question_id}:{option_id}"
