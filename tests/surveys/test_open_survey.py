"""Opening freezes the questionnaire, hashes it and takes answers until a time."""

import hashlib
import json
from datetime import datetime, timedelta

import pytest

from tests.api import Api, code_of
from tests.people import People
from tests.surveys.asking import after, audited, drafted, opened


def _path(survey_id: str) -> str:
    return f"/v1/surveys/{survey_id}/opening"


async def test_it_is_open_until_the_time_that_was_said(api: Api, people: People) -> None:
    survey_id, ends = await drafted(api, people), await after(timedelta(days=7))
    survey = await api.post(_path(survey_id), {"closes_at": ends}, who=people.social_worker)
    assert survey["state"] == "open"
    assert datetime.fromisoformat(survey["closes_at"]) == datetime.fromisoformat(ends)
    assert datetime.fromisoformat(survey["opens_at"]) < datetime.fromisoformat(ends)


async def test_a_stranger_recomputes_the_fingerprint(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    survey = await api.get(f"/v1/surveys/{survey_id}", who=people.resident)
    plain = json.dumps(
        survey["questionnaire"], sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    assert survey["questionnaire_sha256"] == hashlib.sha256(plain.encode()).hexdigest()


async def test_a_retry_with_the_same_key_opens_once(api: Api, people: People) -> None:
    survey_id, body = await drafted(api, people), {"closes_at": await after(timedelta(days=7))}
    first = await api.post(_path(survey_id), body, who=people.social_worker, key="open-1")
    again = await api.post(_path(survey_id), body, who=people.social_worker, key="open-1")
    assert again == first


async def test_who_may_not(api: Api, people: People) -> None:
    survey_id, body = await drafted(api, people), {"closes_at": await after(timedelta(days=7))}
    await api.post(_path(survey_id), body, who=people.resident, expect=403)
    await api.post(_path(survey_id), body, who=people.eve, expect=404)


async def test_it_is_opened_once(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    body = {"closes_at": await after(timedelta(days=9))}
    problem = await api.post(_path(survey_id), body, who=people.social_worker, expect=409)
    assert code_of(problem) == "survey-already-opened"


async def test_an_empty_questionnaire_is_not_opened(api: Api, people: People) -> None:
    survey_id = await drafted(api, people, questionnaire={"questions": []})
    body = {"closes_at": await after(timedelta(days=7))}
    problem = await api.post(_path(survey_id), body, who=people.social_worker, expect=409)
    assert code_of(problem) == "questionnaire-empty"


@pytest.mark.parametrize("step", [timedelta(seconds=-1), timedelta(days=367)])
async def test_the_end_lies_in_the_future_and_within_a_year(
    api: Api, people: People, step: timedelta
) -> None:
    survey_id = await drafted(api, people)
    body = {"closes_at": await after(step)}
    problem = await api.post(_path(survey_id), body, who=people.social_worker, expect=422)
    assert code_of(problem) == "closing-time-invalid"


@pytest.mark.parametrize(
    "time", ["2026-12-01T00:00:00", "9999-12-31T23:59:59-10:00", "0001-01-01T00:00:00+10:00", "now"]
)
async def test_a_time_that_is_none_is_refused(api: Api, people: People, time: str) -> None:
    answer = await api.ask(
        "POST",
        _path(await drafted(api, people)),
        who=people.social_worker,
        body={"closes_at": time},
    )
    assert answer.status_code in (400, 422)


async def test_the_fingerprint_is_in_the_audit(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    survey = await api.get(f"/v1/surveys/{survey_id}", who=people.resident)
    (row,) = await audited("open_survey")
    assert row["subject_id"] == survey_id
    assert row["facts"]["sha256"] == survey["questionnaire_sha256"]
