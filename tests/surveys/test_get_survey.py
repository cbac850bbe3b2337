"""Reading a survey and what it asks."""

from datetime import timedelta

from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.people import People
from tests.surveys.asking import DRAFT, drafted, opened


async def test_a_resident_reads_what_is_asked(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    survey = await api.get(f"/v1/surveys/{survey_id}", who=people.resident)
    assert (survey["state"], survey["title"]) == ("open", DRAFT["title"])
    assert survey["purpose"] == DRAFT["purpose"]
    assert [one["id"] for one in survey["questionnaire"]["questions"]] == ["home", "care", "words"]


async def test_the_clock_closes_it_and_nobody_else(api: Api, people: People) -> None:
    survey_id = await opened(api, people, days=3)
    await move_clock(timedelta(days=3) - timedelta(minutes=1))
    assert (await api.get(f"/v1/surveys/{survey_id}", who=people.resident))["state"] == "open"
    await move_clock(timedelta(minutes=1))
    assert (await api.get(f"/v1/surveys/{survey_id}", who=people.resident))["state"] == "closed"


async def test_a_draft_is_for_those_who_run_surveys(api: Api, people: People) -> None:
    survey_id = await drafted(api, people)
    await api.get(f"/v1/surveys/{survey_id}", who=people.staff["shequ"])
    for someone in (people.resident, people.chair, people.street_officer, people.eve):
        problem = await api.get(f"/v1/surveys/{survey_id}", who=someone, expect=404)
        assert code_of(problem) == "not-found"


async def test_eve_finds_nothing(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    await api.get(f"/v1/surveys/{survey_id}", who=people.eve, expect=404)
    await api.get(f"/v1/surveys/{survey_id}", expect=401)
    await api.get(f"/v1/surveys/{people.eve.person_id}", who=people.resident, expect=404)
