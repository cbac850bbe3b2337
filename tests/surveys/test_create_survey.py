"""Staff draft a survey for their community."""

import pytest

from backend.core.access import Role
from backend.core.db import fetch
from backend.identity.actions import grant_roles
from backend.identity.types import NewGrant
from tests.api import Api, code_of
from tests.people import COMMUNITY, OTHER_COMMUNITY, STREET, People
from tests.surveys.asking import CARE, DRAFT, HOME, QUESTIONNAIRE, SURVEYS, WORDS, audited


async def test_a_draft_carries_its_questions_word_for_word(api: Api, people: People) -> None:
    draft = await api.post(SURVEYS, DRAFT, who=people.social_worker)
    assert draft["state"] == "draft"
    assert draft["mode"] == "named"
    assert draft["place_code"] == COMMUNITY
    assert draft["opens_at"] is draft["closes_at"] is draft["questionnaire_sha256"] is None
    home, care, words = draft["questionnaire"]["questions"]
    assert (care["options"][0] | {"id": "x"}) == CARE["options"][0] | {"id": "x"}  # type: ignore[index]
    assert (home["type"], care["type"], words) == ("single", "multiple", WORDS)
    assert await api.get(f"/v1/surveys/{draft['id']}", who=people.social_worker) == draft


async def test_the_questions_may_follow_later(api: Api, people: People) -> None:
    body = {name: DRAFT[name] for name in ("title", "purpose")}
    draft = await api.post(SURVEYS, body, who=people.social_worker)
    assert draft["questionnaire"] == {"questions": []}


async def test_a_retry_with_the_same_key_drafts_once(api: Api, people: People) -> None:
    first = await api.post(SURVEYS, DRAFT, who=people.social_worker, key="draft-1")
    assert await api.post(SURVEYS, DRAFT, who=people.social_worker, key="draft-1") == first
    assert len((await api.get(SURVEYS, who=people.social_worker))["items"]) == 1


async def test_who_may_not_run_surveys_here(api: Api, people: People) -> None:
    for someone in (people.resident, people.chair, people.manager, people.reviewers[0]):
        problem = await api.post(SURVEYS, DRAFT, who=someone, expect=403)
        assert code_of(problem) == "not-permitted"
    await api.post(SURVEYS, DRAFT, expect=401)


async def test_eve_drafts_at_home_and_finds_nothing_here(api: Api, people: People) -> None:
    await api.post(SURVEYS, DRAFT, who=people.eve, expect=404)
    await api.post(f"/v1/places/{OTHER_COMMUNITY}/surveys", DRAFT, who=people.eve)
    await api.post("/v1/places/999999-L99/surveys", DRAFT, who=people.social_worker, expect=404)


async def test_a_street_has_no_residents_to_ask(api: Api, people: People) -> None:
    worker = people.social_worker
    await grant_roles([NewGrant(worker.account_id, Role.SOCIAL_WORKER, STREET)])
    problem = await api.post(f"/v1/places/{STREET}/surveys", DRAFT, who=worker, expect=422)
    assert code_of(problem) == "survey-needs-community"
    assert await fetch("SELECT 1 FROM surveys WHERE place_code = $1", STREET) == []
    await api.post(SURVEYS, DRAFT, who=worker)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": " \u3000"}, "title"),
        ({"purpose": "\n"}, "purpose"),
        ({"questionnaire": {"questions": [WORDS | {"zh": " "}]}}, "zh"),
        ({"colour": "red"}, "colour"),
        ({"questionnaire": {"questions": [HOME | {"hint": "x"}]}}, "hint"),
        ({"questionnaire": {"questions": [WORDS | {"options": []}]}}, "options"),
        ({"questionnaire": {"questions": [HOME | {"type": "grid"}]}}, "type"),
        ({"questionnaire": {"questions": [HOME | {"options": HOME["options"][:1]}]}}, "options"),  # type: ignore[index]
        ({"questionnaire": {"questions": [HOME | {"id": "Not an id"}]}}, "id"),
    ],
)
async def test_a_body_outside_the_schema_is_refused(
    api: Api, people: People, change: dict[str, object], field: str
) -> None:
    answer = await api.ask("POST", SURVEYS, who=people.social_worker, body=DRAFT | change)
    assert answer.status_code in (400, 422)
    assert field in answer.text


async def test_ids_that_stand_twice_are_named(api: Api, people: People) -> None:
    twice = {"questions": [HOME, WORDS | {"id": "home"}, CARE]}
    problem = await api.post(
        SURVEYS, DRAFT | {"questionnaire": twice}, who=people.social_worker, expect=422
    )
    assert code_of(problem) == "questionnaire-invalid"
    assert [error["question_id"] for error in problem["errors"]] == ["home"]
    assert "“home”" in problem["detail"]


async def test_the_change_is_audited_without_its_words(api: Api, people: People) -> None:
    draft = await api.post(SURVEYS, DRAFT, who=people.social_worker)
    (row,) = await audited("create_survey")
    assert row["subject_id"] == draft["id"]
    assert row["account_id"] == str(people.social_worker.account_id)
    assert row["facts"] == {
        "questions": len(QUESTIONNAIRE["questions"]),
        "sha256": None,
        "closes_at": None,
    }
