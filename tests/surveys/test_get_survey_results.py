"""Staff read the figures, each over its base."""

from datetime import timedelta

import pytest

from tests.api import Api
from tests.people import People
from tests.surveys.asking import after, answered, drafted, opened


def _path(survey_id: str) -> str:
    return f"/v1/surveys/{survey_id}/results"


async def test_counts_and_shares_stand_over_who_answered_that_question(
    api: Api, people: People
) -> None:
    survey_id = await opened(api, people)
    first, second, third = people.residents[:3]
    await answered(api, survey_id, first, home="alone", care=["evening"], words="先来的")
    await answered(api, survey_id, second, home="alone", care=["evening", "meals"], words=None)
    await answered(api, survey_id, third, home="family", care=["meals"], words="后来的")
    results = await api.get(_path(survey_id), who=people.social_worker)
    assert (results["state"], results["responses"]) == ("open", 3)
    home, care, words = results["questions"]
    assert (home["base"], care["base"], words["base"]) == (3, 3, 2)
    counted = {one["option_id"]: (one["count"], one["share"]) for one in care["options"]}
    assert counted == {"evening": (2, "2/3"), "meals": (2, "2/3"), "other": (0, "0/3")}
    assert [(one["option_id"], one["count"]) for one in home["options"]] == [
        ("alone", 2),
        ("family", 1),
    ]
    assert (words["type"], words["options"]) == ("text", [])
    assert words["texts"] == ["后来的", "先来的"]


async def test_a_text_that_reads_like_an_option_is_not_counted_as_one(
    api: Api, people: People
) -> None:
    survey_id = await opened(api, people)
    await answered(api, survey_id, people.resident, words="evening", care=["meals"])
    _, care, words = (await api.get(_path(survey_id), who=people.social_worker))["questions"]
    assert [one["count"] for one in care["options"]] == [0, 1, 0]
    assert (words["base"], words["texts"]) == (1, ["evening"])


async def test_before_anybody_answered_there_are_no_shares(api: Api, people: People) -> None:
    results = await api.get(_path(await drafted(api, people)), who=people.social_worker)
    assert (results["state"], results["responses"]) == ("draft", 0)
    assert all(question["base"] == 0 for question in results["questions"])
    assert [one["share"] for one in results["questions"][0]["options"]] == [None, None]


async def test_who_skipped_everything_is_counted_as_one_who_responded(
    api: Api, people: People
) -> None:
    words = {"id": "words", "type": "text", "zh": "想说的", "en": "Words", "required": False}
    survey_id = await drafted(api, people, questionnaire={"questions": [words]})
    body = {"closes_at": await after(timedelta(days=7))}
    await api.post(f"/v1/surveys/{survey_id}/opening", body, who=people.social_worker)
    nothing = dict.fromkeys(("home", "care", "words"))
    await answered(api, survey_id, people.resident, **nothing)
    results = await api.get(_path(survey_id), who=people.social_worker)
    assert (results["responses"], results["questions"][0]["base"]) == (1, 0)


@pytest.mark.parametrize("who", ["resident", "chair", "street_officer"])
async def test_who_may_not(api: Api, people: People, who: str) -> None:
    survey_id = await opened(api, people)
    await api.get(_path(survey_id), who=getattr(people, who), expect=403)


async def test_eve_finds_nothing(api: Api, people: People) -> None:
    await api.get(_path(await opened(api, people)), who=people.eve, expect=404)
