"""Staff close a survey before its time; what came in counts."""

from datetime import datetime, timedelta

from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.people import People
from tests.surveys.asking import answered, audited, drafted, opened


def _path(survey_id: str) -> str:
    return f"/v1/surveys/{survey_id}/closure"


async def test_it_ends_now_and_keeps_what_came_in(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    response = await answered(api, survey_id, people.resident)
    survey = await api.post(_path(survey_id), who=people.social_worker)
    assert survey["state"] == "closed"
    assert datetime.fromisoformat(survey["closes_at"]) > datetime.fromisoformat(
        response["received_at"]
    )
    results = await api.get(f"/v1/surveys/{survey_id}/results", who=people.social_worker)
    assert (results["state"], results["responses"]) == ("closed", 1)


async def test_who_may_not(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    await api.post(_path(survey_id), who=people.resident, expect=403)
    await api.post(_path(survey_id), who=people.eve, expect=404)


async def test_a_draft_cannot_be_closed(api: Api, people: People) -> None:
    survey_id = await drafted(api, people)
    problem = await api.post(_path(survey_id), who=people.social_worker, expect=409)
    assert code_of(problem) == "survey-not-open"


async def test_what_is_closed_stays_closed_at_its_time(api: Api, people: People) -> None:
    survey_id = await opened(api, people, days=1)
    await move_clock(timedelta(days=2))
    before = await api.get(f"/v1/surveys/{survey_id}", who=people.resident)
    problem = await api.post(_path(survey_id), who=people.social_worker, expect=409)
    assert code_of(problem) == "survey-closed"
    assert await api.get(f"/v1/surveys/{survey_id}", who=people.resident) == before


async def test_the_change_is_audited(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    await api.post(_path(survey_id), who=people.social_worker)
    (row,) = await audited("close_survey")
    assert row["subject_id"] == survey_id
