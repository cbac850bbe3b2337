"""Signing in as staff: password and one-time password."""

import asyncio
import time
from datetime import timedelta
from typing import Any

import pyotp
import pytest

from backend.core.db import fetch, fetch_value
from backend.seeding.people import PASSWORD, STAFF
from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.people import COMMUNITY, People

PATH = "/v1/staff-sessions"
_SECRETS = {staff.login: staff.totp_secret for staff in STAFF}


def totp(login: str = "shegong", steps: int = 0) -> str:
    return str(pyotp.TOTP(_SECRETS[login]).at(time.time() + 30 * steps))


def wrong_totp() -> str:
    near = {totp(steps=steps) for steps in range(-3, 4)}
    return next(code for code in ("000000", "111111", "222222") if code not in near)


def order(**changes: Any) -> dict[str, Any]:
    return {"login": "shegong", "password": PASSWORD, "totp": totp()} | changes


async def test_password_and_code_sign_in(api: Api, people: People) -> None:
    session = await api.post(PATH, order())
    assert session["account"]["id"] == str(people.social_worker.account_id)
    role = {"role": "social_worker", "role_name": "社工", "place_code": COMMUNITY}
    assert session["account"]["roles"] == [role]


async def test_a_phone_half_a_minute_off_is_understood(api: Api) -> None:
    await api.post(PATH, order(totp=totp(steps=-1)))
    await api.post(PATH, order(totp=totp(steps=1)))


@pytest.mark.parametrize("steps", [-3, 3, 100])
async def test_older_and_later_codes_are_refused(api: Api, steps: int) -> None:
    await api.post(PATH, order(totp=totp(steps=steps)), expect=401)


async def test_whatever_is_wrong_reads_the_same(api: Api) -> None:
    wrong = [
        order(password="wrong"),
        order(login="nobody"),
        order(totp=wrong_totp()),
        order(totp=totp("danggong")),
    ]
    problems = [await api.post(PATH, body, expect=401) for body in wrong]
    assert code_of(problems[0]) == "staff-sign-in-refused"
    assert problems == [problems[0]] * len(problems)


async def test_a_code_works_once(api: Api) -> None:
    code = totp()
    await api.post(PATH, order(totp=code))
    problem = await api.post(PATH, order(totp=code), expect=401)
    assert code_of(problem) == "staff-sign-in-refused"


async def test_a_wrong_password_does_not_use_the_code_up(api: Api) -> None:
    code = totp()
    await api.post(PATH, order(totp=code, password="wrong"), expect=401)
    await api.post(PATH, order(totp=code))


async def test_five_failures_pause_the_login_even_for_the_right_answer(api: Api) -> None:
    for _ in range(5):
        await api.post(PATH, order(password="wrong"), expect=401)
    answer = await api.ask("POST", PATH, body=order())
    assert (answer.status_code, code_of(answer.json())) == (429, "staff-sign-in-paused")
    assert answer.headers["retry-after"] == "900"
    await api.post(PATH, order(login="danggong", totp=totp("danggong")))
    await move_clock(timedelta(minutes=15, seconds=1))
    await api.post(PATH, order())


async def test_a_paused_login_is_refused_quickly(api: Api) -> None:
    """Guessing on costs us no argon2."""
    for _ in range(5):
        await api.post(PATH, order(password="wrong"), expect=401)
    started = time.process_time()
    for _ in range(10):
        await api.post(PATH, order(password="wrong"), expect=429)
    paused_s = time.process_time() - started
    started = time.process_time()
    await api.post(PATH, order(login="danggong", password="wrong"), expect=401)
    assert paused_s / 10 < time.process_time() - started


async def test_an_unknown_login_pauses_too(api: Api) -> None:
    for _ in range(5):
        await api.post(PATH, order(login="nobody"), expect=401)
    await api.post(PATH, order(login="nobody"), expect=429)


async def test_a_disabled_account_does_not_get_in(api: Api, people: People) -> None:
    await fetch(
        "UPDATE accounts SET disabled_at = linli_now() WHERE id = $1",
        people.social_worker.account_id,
    )
    await api.post(PATH, order(), expect=401)


@pytest.mark.parametrize("code", ["12345", "abcdef", "１２３４５６", ""])
async def test_a_one_time_password_is_six_digits(api: Api, code: str) -> None:
    problem = await api.post(PATH, order(totp=code), expect=422)
    assert problem["fields"] == ["totp"]


async def test_failures_are_kept_without_the_address(api: Api) -> None:
    await api.post(PATH, order(password="wrong"), expect=401)
    shown = await fetch_value("SELECT f::text FROM staff_sign_in_failures f")
    assert "shegong" in shown
    assert "127.0.0.1" not in shown
    assert "wrong" not in shown


async def test_one_code_at_once_from_two_places_signs_in_once(committed_api: Api) -> None:
    body = order()
    answers = await asyncio.gather(*(committed_api.ask("POST", PATH, body=body) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 401, 401, 401]
