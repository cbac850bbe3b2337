"""The questions of a draft are replaced; an opened survey's are frozen."""

from typing import Any

import asyncpg
import pytest

from backend.core.db import atomic, fetch
from tests.api import Api, code_of
from tests.people import People
from tests.surveys.asking import CARE, HOME, QUESTIONNAIRE, WORDS, audited, drafted, opened


def _path(survey_id: str) -> str:
    return f"/v1/surveys/{survey_id}/questionnaire"


async def test_the_new_questions_stand_in_the_draft(api: Api, people: People) -> None:
    survey_id = await drafted(api, people)
    survey = await api.put(_path(survey_id), {"questions": [WORDS]}, who=people.social_worker)
    assert survey["questionnaire"]["questions"] == [WORDS]
    assert await api.get(f"/v1/surveys/{survey_id}", who=people.social_worker) == survey


async def test_who_may_not(api: Api, people: People) -> None:
    survey_id = await drafted(api, people)
    await api.put(_path(survey_id), QUESTIONNAIRE, who=people.resident, expect=403)
    await api.put(_path(survey_id), QUESTIONNAIRE, who=people.eve, expect=404)


async def test_an_opened_questionnaire_is_frozen(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    problem = await api.put(
        _path(survey_id), {"questions": [WORDS]}, who=people.social_worker, expect=409
    )
    assert code_of(problem) == "questionnaire-frozen"


async def test_the_database_keeps_it_frozen_by_itself(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    with pytest.raises(asyncpg.RestrictViolationError):
        async with atomic():
            await fetch("UPDATE surveys SET questionnaire = '{}' WHERE id = $1", survey_id)


@pytest.mark.parametrize(
    ("questions", "faults"),
    [
        ([HOME, HOME], [("home", "question-id-repeated")]),
        (
            [HOME | {"options": [HOME["options"][0]] * 2}],  # type: ignore[index]
            [("home", "option-id-repeated")],
        ),
        ([CARE | {"max_choices": 4}], [("care", "choice-bounds-unfit")]),
        ([CARE | {"min_choices": 3}], [("care", "choice-bounds-unfit")]),
        (
            [HOME, HOME, CARE | {"min_choices": 3}],
            [("home", "question-id-repeated"), ("care", "choice-bounds-unfit")],
        ),
    ],
)
async def test_each_faulty_question_is_named(
    api: Api, people: People, questions: list[Any], faults: list[tuple[str, str]]
) -> None:
    survey_id = await drafted(api, people)
    problem = await api.put(
        _path(survey_id),
        {"questions": questions},
        who=people.social_worker,
        expect=422,
        headers={"Accept-Language": "en"},
    )
    assert code_of(problem) == "questionnaire-invalid"
    assert [(error["question_id"], error["reason"]) for error in problem["errors"]] == faults
    assert all(error["en"] in problem["detail"] for error in problem["errors"])


async def test_the_change_is_audited(api: Api, people: People) -> None:
    survey_id = await drafted(api, people)
    await api.put(_path(survey_id), {"questions": [WORDS]}, who=people.social_worker)
    (row,) = await audited("write_questionnaire")
    assert (row["subject_id"], row["facts"]["questions"]) == (survey_id, 1)
