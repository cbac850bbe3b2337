"""A questionnaire is sound or its faulty questions are named; its hash is that of what is shown."""

import hashlib
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.surveys.rules import (
    QuestionnaireEmpty,
    QuestionnaireInvalid,
    hash_questionnaire,
    require_questions,
    require_sound_questionnaire,
)
from backend.surveys.types import MultipleQuestion, Question, Questionnaire, TextQuestion
from tests.surveys.strategies import questionnaires


def _spoiled(question: Question) -> list[tuple[str, Question]]:
    """Every way in which one question alone cannot be asked: reason and question."""
    if isinstance(question, TextQuestion):
        return []
    first, *others = question.options
    again = msgspec.structs.replace(others[-1], id=first.id)
    twice = msgspec.structs.replace(question, options=[first, *others[:-1], again])
    found: list[tuple[str, Question]] = [("option-id-repeated", twice)]
    if isinstance(question, MultipleQuestion):
        most = len(question.options) + 1
        found.append(("choice-bounds-unfit", msgspec.structs.replace(question, max_choices=most)))
        least = question.max_choices + 1
        found.append(("choice-bounds-unfit", msgspec.structs.replace(question, min_choices=least)))
    return found


@given(questionnaires())
def test_sound_ones_pass_as_they_would_over_the_wire(questionnaire: Questionnaire) -> None:
    sent = msgspec.json.encode(questionnaire)
    assert msgspec.json.decode(sent, type=Questionnaire) == questionnaire
    require_sound_questionnaire(questionnaire)
    require_questions(questionnaire)


@given(st.data())
def test_a_spoiled_question_is_named(data: st.DataObject) -> None:
    asked = list(
        data.draw(questionnaires().filter(lambda q: any(map(_spoiled, q.questions)))).questions
    )
    place = data.draw(st.sampled_from([n for n, one in enumerate(asked) if _spoiled(one)]))
    reason, asked[place] = data.draw(st.sampled_from(_spoiled(asked[place])))
    with pytest.raises(QuestionnaireInvalid) as refused:
        require_sound_questionnaire(Questionnaire(questions=asked))
    found = {(error["question_id"], error["reason"]) for error in refused.value.facts["errors"]}
    assert found == {(asked[place].id, reason)}


@given(st.data())
def test_a_repeated_id_is_named_once(data: st.DataObject) -> None:
    asked = data.draw(questionnaires()).questions
    again = data.draw(st.sampled_from(asked))
    with pytest.raises(QuestionnaireInvalid) as refused:
        require_sound_questionnaire(Questionnaire(questions=[*asked, again]))
    found = [(error["question_id"], error["reason"]) for error in refused.value.facts["errors"]]
    assert found == [(again.id, "question-id-repeated")]


@given(questionnaires())
def test_anybody_recomputes_the_hash_with_a_plain_json_library(
    questionnaire: Questionnaire,
) -> None:
    shown = json.loads(msgspec.json.encode(questionnaire))
    plain = json.dumps(shown, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert hash_questionnaire(questionnaire) == hashlib.sha256(plain.encode()).hexdigest()


@given(questionnaires(), questionnaires())
def test_other_questions_have_another_hash(one: Questionnaire, other: Questionnaire) -> None:
    assert (hash_questionnaire(one) == hash_questionnaire(other)) is (one == other)


def test_nothing_asked_is_nothing_to_open() -> None:
    require_sound_questionnaire(Questionnaire())
    with pytest.raises(QuestionnaireEmpty):
        require_questions(Questionnaire())
