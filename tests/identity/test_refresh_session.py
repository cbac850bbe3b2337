"""Trading a refresh token for new tokens."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from backend.core.db import fetch, fetch_one, fetch_value
from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.identity.phones import sign_in
from tests.people import People

PATH = "/v1/sessions/refresh"


async def refresh(api: Api, token: str, expect: int = 200) -> dict[str, Any]:
    return dict(await api.post(PATH, {"refresh_token": token}, expect=expect))


async def is_in(api: Api, session: dict[str, Any]) -> bool:
    bearer = {"Authorization": f"Bearer {session['access_token']}"}
    return (await api.ask("GET", "/v1/me", headers=bearer)).status_code == 200


async def test_the_tokens_rotate(api: Api, people: People) -> None:
    first = await sign_in(api, people.resident)
    second = await refresh(api, first["refresh_token"])
    assert second["refresh_token"] != first["refresh_token"]
    assert await is_in(api, second)
    third = await refresh(api, second["refresh_token"])
    assert third["account"] == first["account"]


async def test_a_lost_answer_may_be_asked_for_again(api: Api, people: People) -> None:
    first = await sign_in(api, people.resident)
    second = await refresh(api, first["refresh_token"])
    await move_clock(timedelta(seconds=29))
    again = await refresh(api, first["refresh_token"])
    assert again["refresh_token"] == second["refresh_token"]
    assert await is_in(api, again)
    await refresh(api, second["refresh_token"])


async def test_a_later_second_use_ends_the_sign_in(api: Api, people: People) -> None:
    first = await sign_in(api, people.resident)
    second = await refresh(api, first["refresh_token"])
    await move_clock(timedelta(seconds=31))
    problem = await refresh(api, first["refresh_token"], expect=401)
    assert code_of(problem) == "refresh-refused"
    assert not await is_in(api, second)
    await refresh(api, second["refresh_token"], expect=401)
    row = await fetch_one("SELECT * FROM sessions ORDER BY created_at DESC, id DESC LIMIT 1")
    assert row["revoked_because"] == "refresh token reused"


async def test_the_use_of_a_token_replaced_long_ago_ends_the_sign_in(
    api: Api, people: People
) -> None:
    """A thief who rotates twice before the owner comes back is thrown out all the same."""
    first = await sign_in(api, people.resident)
    second = await refresh(api, first["refresh_token"])
    third = await refresh(api, second["refresh_token"])
    await refresh(api, first["refresh_token"], expect=401)
    assert not await is_in(api, third)
    await refresh(api, third["refresh_token"], expect=401)


async def test_one_device_does_not_end_another(api: Api, people: People) -> None:
    phone = await sign_in(api, people.resident)
    tablet = await sign_in(api, people.resident)
    await refresh(api, (await refresh(api, phone["refresh_token"]))["refresh_token"])
    await refresh(api, phone["refresh_token"], expect=401)
    assert not await is_in(api, phone)
    assert await is_in(api, tablet)


async def test_a_device_that_is_used_stays_signed_in(api: Api, people: People) -> None:
    session = await sign_in(api, people.resident)
    for _ in range(3):
        await move_clock(timedelta(days=25))
        session = await refresh(api, session["refresh_token"])
    await move_clock(timedelta(days=30))
    await refresh(api, session["refresh_token"], expect=401)


@pytest.mark.parametrize("token", ["x" * 20, "x" * 87, "a.b" * 10, "." * 40])
async def test_a_token_that_is_not_ours_is_refused(api: Api, token: str) -> None:
    assert code_of(await refresh(api, token, expect=401)) == "refresh-refused"


async def test_a_disabled_account_gets_nothing_and_loses_nothing(api: Api, people: People) -> None:
    session = await sign_in(api, people.resident)
    account = people.resident.account_id
    await fetch("UPDATE accounts SET disabled_at = linli_now() WHERE id = $1", account)
    await refresh(api, session["refresh_token"], expect=401)
    await fetch("UPDATE accounts SET disabled_at = NULL WHERE id = $1", account)
    await refresh(api, session["refresh_token"])


async def test_tokens_are_not_stored(api: Api, people: People) -> None:
    first = await sign_in(api, people.resident)
    second = await refresh(api, first["refresh_token"])
    shown = await fetch_value(
        "SELECT string_agg(s::text, '') FROM sessions s WHERE previous_hash IS NOT NULL"
    )
    for session in (first, second):
        assert session["refresh_token"] not in shown
        assert session["refresh_token"].encode().hex() not in shown


async def test_many_at_once_get_the_same_successor(
    committed_api: Api, committed_people: People
) -> None:
    first = await sign_in(committed_api, committed_people.resident)
    answers = await asyncio.gather(
        *(refresh(committed_api, first["refresh_token"]) for _ in range(20))
    )
    assert len({answer["refresh_token"] for answer in answers}) == 1
    await refresh(committed_api, answers[0]["refresh_token"])
