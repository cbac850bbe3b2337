"""Asking for a sign-in code."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

from backend.core.db import fetch, fetch_one, fetch_value
from backend.settings import Environment
from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.identity.phones import UNKNOWN, ask_code, changed_settings, phone_of
from tests.people import People

PATH = "/v1/sign-in-codes"


async def test_a_code_is_on_its_way_for_five_minutes(api: Api, people: People) -> None:
    asked = await api.post(PATH, {"phone": await phone_of(people.resident)}, expect=202)
    assert set(asked) == {"id", "expires_at", "demo_code"}
    assert len(asked["demo_code"]) == 6
    left = datetime.fromisoformat(asked["expires_at"]) - await fetch_value("SELECT linli_now()")
    assert timedelta(minutes=4, seconds=55) < left <= timedelta(minutes=5)


async def test_an_unknown_number_gets_the_same_answer(api: Api, people: People) -> None:
    known = await api.post(PATH, {"phone": await phone_of(people.resident)}, expect=202)
    unknown = await api.post(PATH, {"phone": UNKNOWN}, expect=202)
    assert set(known) == set(unknown)
    for phone in (await phone_of(people.resident), UNKNOWN):
        problem = await api.post(PATH, {"phone": phone}, expect=429)
        assert problem["retry_after_s"] == 60


async def test_spellings_of_one_phone_share_its_limit(api: Api) -> None:
    await api.post(PATH, {"phone": UNKNOWN}, expect=202)
    await api.post(PATH, {"phone": f"+86 {UNKNOWN}"}, expect=429)


@pytest.mark.parametrize("phone", ["12345", "02112345678", "+1 202 555 0100", "199000099990"])
async def test_only_mainland_mobiles(api: Api, phone: str) -> None:
    problem = await api.post(PATH, {"phone": phone}, expect=422)
    assert code_of(problem) == "phone-invalid"


async def test_one_a_minute_and_says_how_long_to_wait(api: Api) -> None:
    await api.post(PATH, {"phone": UNKNOWN}, expect=202)
    answer = await api.ask("POST", PATH, body={"phone": UNKNOWN})
    assert (answer.status_code, code_of(answer.json())) == (429, "too-many-codes")
    assert answer.headers["retry-after"] == "60"
    await move_clock(timedelta(seconds=61))
    await api.post(PATH, {"phone": UNKNOWN}, expect=202)


async def test_five_an_hour_and_ten_a_day(api: Api) -> None:
    for _ in range(5):
        await ask_code(api, UNKNOWN)
    await move_clock(timedelta(seconds=61))
    problem = await api.post(PATH, {"phone": UNKNOWN}, expect=429)
    assert problem["retry_after_s"] == 3600
    await move_clock(timedelta(hours=1))
    for _ in range(5):
        await ask_code(api, UNKNOWN)
    await move_clock(timedelta(hours=2))
    problem = await api.post(PATH, {"phone": UNKNOWN}, expect=429)
    assert problem["retry_after_s"] == 86_400
    await move_clock(timedelta(days=1))
    await ask_code(api, UNKNOWN)


async def ask_others(api: Api, how_many: int, expect: int) -> None:
    for number in range(how_many):
        await api.post(PATH, {"phone": f"1880000{expect}{number}"}, expect=expect)


async def test_one_address_may_ask_for_so_many_an_hour(api: Api) -> None:
    """The limit is high, so that a hall on one network does not hit it; here it is 3."""
    with changed_settings(sign_in_codes_per_address_per_hour=3):
        await ask_others(api, 3, expect=202)
        await ask_others(api, 1, expect=429)
        await move_clock(timedelta(hours=1, seconds=1))
        await ask_others(api, 1, expect=202)


async def test_everybody_together_may_ask_for_so_many_an_hour(api: Api) -> None:
    with changed_settings(sign_in_codes_per_hour=2):
        await fetch("UPDATE sign_in_codes SET address_index = 'x'")
        await ask_others(api, 2, expect=202)
        await fetch("UPDATE sign_in_codes SET address_index = 'y'")
        await ask_others(api, 1, expect=429)


async def test_production_shows_no_code_and_says_that_messages_are_missing(api: Api) -> None:
    with changed_settings(env=Environment.PRODUCTION):
        answer = await api.ask("POST", PATH, body={"phone": UNKNOWN})
    assert (answer.status_code, code_of(answer.json())) == (503, "sms-not-configured")
    assert "demo_code" not in answer.text
    assert await fetch_value("SELECT count(*) FROM sign_in_codes") == 0


async def test_neither_phone_nor_code_nor_address_is_stored(api: Api) -> None:
    asked = await api.post(PATH, {"phone": UNKNOWN}, expect=202)
    row = await fetch_one("SELECT c::text AS shown, c.* FROM sign_in_codes c")
    for secret in (UNKNOWN, asked["demo_code"], "127.0.0.1"):
        assert secret not in row["shown"]
        assert secret.encode() not in row["phone_index"] + row["code_hash"] + row["address_index"]


async def test_of_many_at_once_one_is_sent(committed_api: Api) -> None:
    """Counted under a lock for this phone: two taps never send two messages."""
    answers: list[Any] = await asyncio.gather(
        *(committed_api.ask("POST", PATH, body={"phone": UNKNOWN}) for _ in range(20))
    )
    assert sorted(answer.status_code for answer in answers) == [202] + [429] * 19
    assert await fetch_value("SELECT count(*) FROM sign_in_codes") == 1
