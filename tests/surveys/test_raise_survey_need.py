"""What many chose becomes a need, and they are its voices."""

from typing import Any

import pytest

from backend.core.db import fetch_one, fetch_value
from tests.api import Api, code_of
from tests.people import COMMUNITY, People
from tests.surveys.asking import answered, audited, opened

ORDER: dict[str, Any] = {
    "question_id": "care",
    "option_id": "evening",
    "title": "傍晚有人照护独居老人",
    "detail": "傍晚五点到八点，子女下班前无人照看。",
    "urgency": "normal",
}


def _path(survey_id: str) -> str:
    return f"/v1/surveys/{survey_id}/needs"


async def _answered_by_three(api: Api, people: People) -> str:
    survey_id = await opened(api, people)
    first, second, third = people.residents[:3]
    await answered(api, survey_id, first, care=["evening"])
    await answered(api, survey_id, second, care=["meals", "evening"])
    await answered(api, survey_id, third, care=["meals"])
    return survey_id


async def test_those_who_chose_it_are_its_voices(api: Api, people: People) -> None:
    survey_id = await _answered_by_three(api, people)
    raised = await api.post(_path(survey_id), ORDER, who=people.social_worker)
    assert (raised["voices"], raised["category"]) == (2, "elderly")
    need = await fetch_one("SELECT * FROM needs WHERE id = $1", raised["need_id"])
    assert need["place_code"] == COMMUNITY
    assert (need["category"], need["client_group"]) == ("elderly", "elderly_alone")
    assert (need["affected_count"], need["urgency"]) == (2, "normal")
    assert (need["source_kind"], need["source_ref"]) == ("survey", f"{survey_id}:care:evening")
    voices = await fetch_value(
        "SELECT array_agg(person_id) FROM need_voices WHERE need_id = $1", raised["need_id"]
    )
    assert set(voices) == {people.residents[0].person_id, people.residents[1].person_id}


async def test_staff_may_name_another_category_and_group(api: Api, people: People) -> None:
    survey_id = await _answered_by_three(api, people)
    order = ORDER | {"category": "health", "client_group": "disabled", "urgency": "urgent"}
    raised = await api.post(_path(survey_id), order, who=people.social_worker)
    need = await fetch_one("SELECT * FROM needs WHERE id = $1", raised["need_id"])
    assert (need["category"], need["client_group"]) == ("health", "disabled")
    assert need["urgency"] == "urgent"


async def test_the_results_show_which_option_became_a_need(api: Api, people: People) -> None:
    survey_id = await _answered_by_three(api, people)
    raised = await api.post(_path(survey_id), ORDER, who=people.social_worker)
    results = await api.get(f"/v1/surveys/{survey_id}/results", who=people.social_worker)
    assert [one["need_id"] for one in results["questions"][1]["options"]] == [
        raised["need_id"],
        None,
        None,
    ]


async def test_who_may_not(api: Api, people: People) -> None:
    survey_id = await _answered_by_three(api, people)
    for someone in (people.resident, people.chair, people.street_officer):
        await api.post(_path(survey_id), ORDER, who=someone, expect=403)
    await api.post(_path(survey_id), ORDER, who=people.eve, expect=404)


async def test_an_option_that_nobody_chose_is_no_need(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    await answered(api, survey_id, people.resident, care=["meals"])
    problem = await api.post(_path(survey_id), ORDER, who=people.social_worker, expect=409)
    assert code_of(problem) == "option-chosen-by-nobody"


async def test_from_one_option_one_need_is_raised(api: Api, people: People) -> None:
    survey_id = await _answered_by_three(api, people)
    first = await api.post(_path(survey_id), ORDER, who=people.social_worker, key="need-1")
    assert await api.post(_path(survey_id), ORDER, who=people.social_worker, key="need-1") == first
    other = ORDER | {"title": "换个说法"}
    problem = await api.post(_path(survey_id), other, who=people.staff["shequ"], expect=409)
    assert code_of(problem) == "survey-need-raised"
    assert await fetch_value("SELECT count(*) FROM needs") == 1
    await api.post(_path(survey_id), ORDER | {"option_id": "meals"}, who=people.social_worker)


@pytest.mark.parametrize(
    "change",
    [{"question_id": "nothing"}, {"option_id": "nothing"}, {"question_id": "words"}],
)
async def test_an_unknown_option_is_refused(
    api: Api, people: People, change: dict[str, str]
) -> None:
    survey_id = await _answered_by_three(api, people)
    problem = await api.post(_path(survey_id), ORDER | change, who=people.social_worker, expect=422)
    assert code_of(problem) == "survey-option-unknown"


async def test_a_need_has_a_category(api: Api, people: People) -> None:
    survey_id = await opened(api, people)
    await answered(api, survey_id, people.resident, care=["other"])
    order = ORDER | {"option_id": "other"}
    problem = await api.post(_path(survey_id), order, who=people.social_worker, expect=422)
    assert code_of(problem) == "need-category-missing"
    raised = await api.post(
        _path(survey_id), order | {"category": "convenience"}, who=people.social_worker
    )
    assert raised["category"] == "convenience"


async def test_the_change_is_audited_without_its_voices(api: Api, people: People) -> None:
    survey_id = await _answered_by_three(api, people)
    raised = await api.post(_path(survey_id), ORDER, who=people.social_worker)
    (row,) = await audited("raise_survey_need")
    assert row["subject_id"] == survey_id
    assert row["facts"] == {"option": "care:evening", "need_id": raised["need_id"]}
