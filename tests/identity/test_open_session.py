"""Signing in with the code that arrived."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from backend.core.db import fetch, fetch_one, fetch_value
from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.identity.phones import UNKNOWN, answer_to, ask_code, phone_of, wrong_code
from tests.people import COMMUNITY, People

PATH = "/v1/sessions"


async def test_the_right_code_signs_in(api: Api, people: People) -> None:
    asked = await ask_code(api, await phone_of(people.resident))
    session = await api.post(PATH, answer_to(asked))
    assert session["account"]["id"] == str(people.resident.account_id)
    assert session["account"]["roles"][0]["place_code"] == COMMUNITY
    bearer = {"Authorization": f"Bearer {session['access_token']}"}
    assert (await api.get("/v1/me", headers=bearer))["name"] == people.resident.name


async def test_the_access_token_ends_after_fifteen_minutes(api: Api, people: People) -> None:
    asked = await ask_code(api, await phone_of(people.resident))
    session = await api.post(PATH, answer_to(asked))
    bearer = {"Authorization": f"Bearer {session['access_token']}"}
    await move_clock(timedelta(minutes=14, seconds=50))
    await api.get("/v1/me", headers=bearer)
    await move_clock(timedelta(seconds=11))
    assert code_of(await api.get("/v1/me", headers=bearer, expect=401)) == "not-signed-in"


async def test_a_wrong_code_is_refused_and_the_right_one_still_works(
    api: Api, people: People
) -> None:
    asked = await ask_code(api, await phone_of(people.resident))
    for _ in range(4):
        problem = await api.post(PATH, answer_to(asked, wrong_code(asked)), expect=401)
        assert code_of(problem) == "sign-in-code-refused"
    await api.post(PATH, answer_to(asked))


async def test_five_wrong_tries_end_a_code(api: Api, people: People) -> None:
    asked = await ask_code(api, await phone_of(people.resident))
    for _ in range(5):
        await api.post(PATH, answer_to(asked, wrong_code(asked)), expect=401)
    await api.post(PATH, answer_to(asked), expect=401)


async def test_a_code_ends_after_five_minutes(api: Api, people: People) -> None:
    asked = await ask_code(api, await phone_of(people.resident))
    await move_clock(timedelta(minutes=5))
    await api.post(PATH, answer_to(asked), expect=401)


async def test_a_code_is_used_once(api: Api, people: People) -> None:
    asked = await ask_code(api, await phone_of(people.resident))
    await api.post(PATH, answer_to(asked))
    await api.post(PATH, answer_to(asked), expect=401)


async def test_a_code_is_bound_to_its_request(api: Api, people: People) -> None:
    mine = await ask_code(api, await phone_of(people.resident))
    hers = await ask_code(api, await phone_of(people.neighbour))
    if mine["demo_code"] == hers["demo_code"]:
        pytest.skip("one in a million")
    await api.post(PATH, answer_to(hers, mine["demo_code"]), expect=401)


async def test_unknown_phones_and_requests_read_the_same(api: Api) -> None:
    asked = await ask_code(api, UNKNOWN)
    unknown_phone = await api.post(PATH, answer_to(asked), expect=401)
    unknown_request = await api.post(PATH, answer_to(asked | {"id": str(uuid4())}), expect=401)
    assert unknown_phone == unknown_request


async def test_a_disabled_account_does_not_get_in(api: Api, people: People) -> None:
    asked = await ask_code(api, await phone_of(people.resident))
    await fetch(
        "UPDATE accounts SET disabled_at = linli_now() WHERE id = $1", people.resident.account_id
    )
    await api.post(PATH, answer_to(asked), expect=401)
    await api.get("/v1/me", who=people.resident, expect=401)


@pytest.mark.parametrize("code", ["12345", "1234567", "abcdef", "１２３４５６", "123456\n", ""])
async def test_a_code_is_six_digits(api: Api, code: str) -> None:
    asked = await ask_code(api, UNKNOWN)
    problem = await api.post(PATH, answer_to(asked) | {"code": code}, expect=422)
    assert problem["fields"] == ["code"]


async def test_what_it_leaves_behind(api: Api, people: People) -> None:
    asked = await ask_code(api, await phone_of(people.resident))
    session = await api.post(PATH, answer_to(asked))
    row = await fetch_one("SELECT s::text AS shown FROM sessions s ORDER BY id DESC LIMIT 1")
    assert session["refresh_token"] not in row["shown"]
    event = await fetch_one("SELECT * FROM audit_events WHERE event = 'open_session'")
    assert event["facts"] == {"account_id": str(people.resident.account_id)}


async def test_of_many_at_once_one_gets_in(committed_api: Api, committed_people: People) -> None:
    asked = await ask_code(committed_api, await phone_of(committed_people.resident))
    answers = await asyncio.gather(
        *(committed_api.ask("POST", PATH, body=answer_to(asked)) for _ in range(20))
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [401] * 19


async def test_wrong_tries_at_once_are_all_counted(
    committed_api: Api, committed_people: People
) -> None:
    asked = await ask_code(committed_api, await phone_of(committed_people.resident))
    wrong = answer_to(asked, wrong_code(asked))
    await asyncio.gather(*(committed_api.ask("POST", PATH, body=wrong) for _ in range(10)))
    assert await fetch_value("SELECT tries FROM sign_in_codes WHERE id = $1", asked["id"]) == 10
    await committed_api.post(PATH, answer_to(asked), expect=401)
