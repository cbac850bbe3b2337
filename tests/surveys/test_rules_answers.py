"""Answers fit their questions, or each misfit is named with the way to mend it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.surveys.rules import AnswersInvalid, require_valid_answers, without_blanks
from backend.surveys.types import (
    Answer,
    MultipleQuestion,
    Option,
    Questionnaire,
    SingleQuestion,
    TextQuestion,
)
from tests.surveys.strategies import fitting, misfits, questionnaires

A, B, C = (Option(id=one, zh=one, en=one) for one in "abc")
QUESTIONNAIRE = Questionnaire(
    questions=(
        SingleQuestion(id="one", zh="一", en="one", options=(A, B)),
        MultipleQuestion(
            id="some", zh="几", en="some", options=(A, B, C), min_choices=2, max_choices=2
        ),
        TextQuestion(id="words", zh="话", en="words", max_length=3, required=False),
    )
)
FIT: dict[str, Answer] = {"one": "a", "some": ["a", "b"], "words": "好的"}


def _refused(questionnaire: Questionnaire, answers: dict[str, Answer]) -> list[dict[str, Any]]:
    with pytest.raises(AnswersInvalid) as refused:
        require_valid_answers(questionnaire, answers)
    errors: list[dict[str, Any]] = refused.value.facts["errors"]
    return errors


@given(st.data())
def test_any_sound_questionnaire_can_be_answered(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    require_valid_answers(questionnaire, data.draw(fitting(questionnaire)))


@given(st.data())
def test_any_misfit_is_refused_with_its_question_and_reason(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    answers = data.draw(fitting(questionnaire))
    question = data.draw(st.sampled_from(questionnaire.questions).filter(misfits))
    reason, answer = data.draw(st.sampled_from(misfits(question)))
    answers.pop(question.id, None)
    if answer is not None:
        answers[question.id] = answer
    errors = _refused(questionnaire, answers)
    assert [(error["question_id"], error["reason"]) for error in errors] == [(question.id, reason)]


@given(st.data())
def test_an_answer_to_what_was_not_asked_is_refused(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    answers = data.draw(fitting(questionnaire))
    errors = _refused(questionnaire, answers | {"Unasked": data.draw(st.sampled_from(["", "x"]))})
    assert [(error["question_id"], error["reason"]) for error in errors] == [
        ("Unasked", "question-unknown")
    ]


@given(st.data())
def test_what_is_kept_says_something_and_still_fits(data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    kept = without_blanks(data.draw(fitting(questionnaire)))
    require_valid_answers(questionnaire, kept)
    assert all(answer.strip() if isinstance(answer, str) else answer for answer in kept.values())
    assert without_blanks(kept) == kept


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        ({"one": ""}, "第 1 题是必答题，请作答。", "Q1: this question needs an answer."),
        ({"one": ["a"]}, "第 1 题是单选题，请只选一项。", "Q1: choose exactly one option."),
        (
            {"some": ["a"]},
            "第 2 题至少选 2 项，您选了 1 项，请再选。",
            "Q2: choose at least 2; you chose 1.",
        ),
        (
            {"some": ["a", "b", "c"]},
            "第 2 题最多选 2 项，您选了 3 项，请减少。",
            "Q2: choose at most 2; you chose 3.",
        ),
        (
            {"words": "四个汉字"},
            "第 3 题最多填写 3 个字，您填了 4 个字，请精简。",
            "Q3: at most 3 characters; yours has 4. Please shorten it.",
        ),
        (
            {"words": ["a"]},
            "第 3 题请填写文字。",
            "Q3: write your answer as text.",
        ),
    ],
)
def test_the_words_say_what_to_do(change: dict[str, Answer], zh: str, en: str) -> None:
    (error,) = _refused(QUESTIONNAIRE, FIT | change)
    assert (error["zh"], error["en"]) == (zh, en)


def test_every_fault_is_in_the_sentence_of_the_reader() -> None:
    with pytest.raises(AnswersInvalid) as refused:
        require_valid_answers(QUESTIONNAIRE, {"one": "z", "words": "太长了吧"})
    zh, en = refused.value.sentence("zh-CN"), refused.value.sentence("en")
    for number in (1, 2, 3):
        assert f"第 {number} 题" in zh
        assert f"Q{number}:" in en
