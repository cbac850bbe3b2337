"""Decisions of surveys: is a questionnaire sound, is it open, do the answers fit, what follows."""

from backend.surveys.rules.answers import AnswersInvalid, require_valid_answers, without_blanks
from backend.surveys.rules.period import (
    ClosingTimeInvalid,
    QuestionnaireFrozen,
    SurveyAlreadyOpened,
    SurveyClosed,
    SurveyNotOpen,
    decide_state,
    require_closing_time,
    require_draft,
    require_open,
    require_unopened,
)
from backend.surveys.rules.questionnaire import (
    QuestionnaireEmpty,
    QuestionnaireInvalid,
    canonical_json,
    hash_questionnaire,
    require_questions,
    require_sound_questionnaire,
)
from backend.surveys.rules.raising import (
    NeedCategoryMissing,
    NobodyChoseOption,
    OptionUnknown,
    SurveyNeedRaised,
    choose_category,
    find_option,
    require_voices,
    source_ref,
)
from backend.surveys.rules.results import share_of
from backend.surveys.rules.taking_part import (
    AlreadyAnswered,
    ResidentsOnly,
    SurveyNeedsCommunity,
    decide_answered_at,
    require_community,
    require_resident,
)

__all__ = [
    "AlreadyAnswered",
    "AnswersInvalid",
    "ClosingTimeInvalid",
    "NeedCategoryMissing",
    "NobodyChoseOption",
    "OptionUnknown",
    "QuestionnaireEmpty",
    "QuestionnaireFrozen",
    "QuestionnaireInvalid",
    "ResidentsOnly",
    "SurveyAlreadyOpened",
    "SurveyClosed",
    "SurveyNeedRaised",
    "SurveyNeedsCommunity",
    "SurveyNotOpen",
    "canonical_json",
    "choose_category",
    "decide_answered_at",
    "decide_state",
    "find_option",
    "hash_questionnaire",
    "require_closing_time",
    "require_community",
    "require_draft",
    "require_open",
    "require_questions",
    "require_resident",
    "require_sound_questionnaire",
    "require_unopened",
    "require_valid_answers",
    "require_voices",
    "share_of",
    "source_ref",
    "without_blanks",
]
