"""One's own answers, and nobody else's."""

from datetime import timedelta

from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.people import People
from tests.surveys.asking import answered, opened


def _path(survey_id: str) -> str:
    return f"/v1/surveys/{survey_id}/responses/mine"


async def test_she_reads_what_she_sent_after_the_survey_too(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    sent = await answered(api, survey_id, people.resident, home="alone")
    await answered(api, survey_id, people.neighbour)
    await move_clock(timedelta(days=30))
    assert await api.get(_path(survey_id), who=people.resident) == sent


async def test_who_has_not_answered_finds_nothing(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    await answered(api, survey_id, people.neighbour)
    for someone in (people.resident, people.social_worker, people.eve):
        assert code_of(await api.get(_path(survey_id), who=someone, expect=404)) == "not-found"
    await api.get(_path(survey_id), expect=401)
