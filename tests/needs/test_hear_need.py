"""Raising a need that staff heard on a visit, at a meeting or in a suggestion."""

from typing import Any
from uuid import uuid4

import pytest

from backend.core.db import fetch, fetch_one, fetch_value
from tests.api import Api, code_of
from tests.needs.heard import DETAIL, PATH, TITLE, hear, order
from tests.people import COMMUNITY, OTHER_COMMUNITY, People


async def test_a_social_worker_raises_what_she_heard(api: Api, people: People) -> None:
    need = await hear(api, people, people.resident)
    assert (need["title"], need["state"], need["affected_count"]) == (TITLE, "raised", 42)
    assert (need["category"], need["category_name"]) == ("elderly", "为老")
    assert need["steps"] == []
    assert need["private"] == {
        "detail": DETAIL,
        "client_group": "elderly_alone",
        "urgency": "urgent",
        "source_kind": "visit",
        "source_ref": "走访-2026-03",
        "voice_count": 1,
    }


async def test_who_named_it_twice_is_one_voice(api: Api, people: People) -> None:
    need = await hear(api, people, people.resident, people.neighbour, people.resident)
    assert need["private"]["voice_count"] == 2


async def test_a_retry_raises_nothing_twice(api: Api, people: People) -> None:
    key = str(uuid4())
    first = await api.post(PATH, order(), who=people.social_worker, key=key)
    again = await api.post(PATH, order(), who=people.social_worker, key=key)
    assert again == first
    assert await fetch_value("SELECT count(*) FROM needs WHERE source_ref = '走访-2026-03'") == 1
    other = await api.post(
        PATH, order(title="别的事"), who=people.social_worker, key=key, expect=422
    )
    assert code_of(other) == "idempotency-key-reused"


async def test_only_who_keeps_needs_may(api: Api, people: People) -> None:
    for other in (people.resident, people.chair, people.volunteer, people.street_officer):
        problem = await api.post(PATH, order(), who=other, expect=403)
        assert code_of(problem) == "not-permitted"
    assert code_of(await api.post(PATH, order(), expect=401)) == "not-signed-in"


async def test_eve_finds_no_such_place(api: Api, people: People) -> None:
    assert code_of(await api.post(PATH, order(), who=people.eve, expect=404)) == "not-found"
    theirs = f"/v1/places/{OTHER_COMMUNITY}/needs"
    await api.post(theirs, order(), who=people.eve)
    problem = await api.post(theirs, order(), who=people.social_worker, expect=404)
    assert code_of(problem) == "not-found"


async def test_only_residents_of_the_place_voice_its_needs(api: Api, people: People) -> None:
    body = order(people.resident, people.eve) | {}
    body["voiced_by"].append(str(uuid4()))
    problem = await api.post(PATH, body, who=people.social_worker, expect=422)
    assert code_of(problem) == "voice-not-resident"
    assert problem["count"] == 2
    assert people.eve.name not in str(problem)
    assert await fetch("SELECT 1 FROM needs WHERE source_ref = '走访-2026-03'") == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"source_kind": "survey"}, "source_kind"),
        ({"category": "luxury"}, "category"),
        ({"title": ""}, "title"),
        ({"title": " "}, "title"),
        ({"source_ref": "\u3000"}, "source_ref"),
        ({"affected_count": -1}, "affected_count"),
        ({"state": "rated"}, "state"),
        ({"voiced_by": [str(uuid4())] * 51}, "voiced_by"),
    ],
)
async def test_what_cannot_be_is_named(
    api: Api, people: People, change: dict[str, Any], field: str
) -> None:
    problem = await api.post(PATH, order(**change), who=people.social_worker, expect=422)
    assert code_of(problem) == "invalid-request"
    assert field in str(problem["errors"])


async def test_it_leaves_an_audit_row_without_words(api: Api, people: People) -> None:
    need = await hear(api, people, people.resident)
    row: Any = await fetch_one(
        "SELECT account_id, place_code, facts FROM audit_events"
        " WHERE event = 'raise_need' AND subject_id = $1",
        need["id"],
    )
    assert (row["account_id"], row["place_code"]) == (people.social_worker.account_id, COMMUNITY)
    assert row["facts"] == {"category": "elderly", "source": "visit", "voices": 1}
