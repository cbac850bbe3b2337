"""Residents answer a survey of their community, once each."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from backend.core.db import fetch_value
from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.people import People
from tests.surveys.asking import ANSWERS, answered, audited, drafted, opened, sheet


def _path(survey_id: str) -> str:
    return f"/v1/surveys/{survey_id}/responses"


async def test_a_resident_gets_her_answers_back_as_they_count(api: Api, people: People) -> None:
    survey_id, body = await opened(api, people), sheet()
    response = await api.post(_path(survey_id), body, who=people.resident)
    assert response["answers"] == ANSWERS
    assert response["survey_id"] == survey_id
    assert response["client_id"] == body["client_id"]
    assert response["answered_at"] == body["answered_at"]
    assert datetime.fromisoformat(response["received_at"]) > datetime.fromisoformat(
        body["answered_at"]
    )


async def test_what_need_not_be_answered_may_stay_blank(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    response = await answered(api, survey_id, people.resident, words=" \n")
    assert "words" not in response["answers"]
    response = await answered(api, survey_id, people.neighbour, words=None)
    assert "words" not in response["answers"]


async def test_a_phone_that_lost_the_answer_gets_the_same_again(api: Api, people: People) -> None:
    survey_id, body = await opened(api, people), sheet()
    first = await api.post(_path(survey_id), body, who=people.resident, key="phone-1")
    await move_clock(timedelta(days=30))
    again = await api.post(_path(survey_id), body, who=people.resident, key="phone-1")
    assert again == first
    assert await fetch_value("SELECT count(*) FROM survey_responses") == 1


async def test_a_wrong_clock_on_the_phone_changes_nothing(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    for someone, at in (
        (people.resident, "0001-01-01T00:00:00+10:00"),
        (people.neighbour, "9999-12-31T23:59:59-10:00"),
    ):
        response = await api.post(_path(survey_id), sheet(at=at), who=someone)
        assert response["answered_at"] == response["received_at"]


async def test_only_residents_answer(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    problem = await api.post(_path(survey_id), sheet(), who=people.social_worker, expect=403)
    assert code_of(problem) == "residents-only"
    await api.post(_path(survey_id), sheet(), who=people.manager, expect=403)
    await api.post(_path(survey_id), sheet(), expect=401)


async def test_eve_finds_nothing_to_answer(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    problem = await api.post(_path(survey_id), sheet(), who=people.eve, expect=404)
    assert code_of(problem) == "not-found"


async def test_a_second_answer_is_refused(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    await answered(api, survey_id, people.resident)
    problem = await api.post(
        _path(survey_id), sheet(ANSWERS | {"home": "alone"}), who=people.resident, expect=409
    )
    assert code_of(problem) == "already-answered"
    mine = await api.get(f"{_path(survey_id)}/mine", who=people.resident)
    assert mine["answers"]["home"] == "family"


async def test_a_draft_takes_no_answers(api: Api, people: People) -> None:
    survey_id = await drafted(api, people)
    await api.post(_path(survey_id), sheet(), who=people.resident, expect=404)
    problem = await api.post(_path(survey_id), sheet(), who=people.social_worker, expect=409)
    assert code_of(problem) == "survey-not-open"


async def test_the_deadline_is_judged_by_our_clock(api: Api, people: People) -> None:
    survey_id = await opened(api, people, days=1)
    before = sheet(at=datetime.now().astimezone().isoformat())
    await move_clock(timedelta(days=1))
    problem = await api.post(_path(survey_id), before, who=people.resident, expect=409)
    assert code_of(problem) == "survey-closed"


async def test_every_misfit_is_named_at_once_in_plain_words(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    bad = {"care": ["evening", "meals", "other"], "words": "很" * 21, "age": "80"}
    problem = await api.post(_path(survey_id), sheet(bad), who=people.resident, expect=422)
    assert code_of(problem) == "answers-invalid"
    assert {error["question_id"]: error["reason"] for error in problem["errors"]} == {
        "age": "question-unknown",
        "home": "answer-missing",
        "care": "too-many-choices",
        "words": "text-too-long",
    }
    assert "第 1 题是必答题，请作答。" in problem["detail"]
    assert "第 2 题最多选 2 项，您选了 3 项，请减少。" in problem["detail"]
    assert await fetch_value("SELECT count(*) FROM survey_responses") == 0


@pytest.mark.parametrize(
    "change",
    [
        {"answers": {"home": 3}},
        {"answers": {"home": None}},
        {"client_id": "phone"},
        {"answered_at": "2024-05-01T10:00:00"},
        {"person_id": "somebody"},
    ],
)
async def test_a_body_outside_the_schema_is_refused(
    api: Api, people: People, change: dict[str, Any]
) -> None:
    survey_id = await opened(api, people)
    answer = await api.ask(
        "POST", _path(survey_id), who=people.resident, body=sheet() | change, key="odd-1"
    )
    assert answer.status_code in (400, 422)


async def test_a_key_must_come_with_it(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    problem = await api.post(_path(survey_id), sheet(), who=people.resident, key=None, expect=400)
    assert code_of(problem) == "idempotency-key-missing"


async def test_the_audit_knows_that_she_answered_not_what(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    response = await answered(api, survey_id, people.resident)
    (row,) = await audited("submit_response")
    assert row["subject_id"] == response["id"]
    assert row["facts"] == {"survey_id": survey_id}
