"""Signing in by text message, in tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from backend import settings as settings_module
from backend.core.db import fetch_one
from backend.core.sealing import unseal
from tests.api import Api
from tests.conftest import move_clock
from tests.people import Someone

UNKNOWN = "19900009999"
A_MINUTE = timedelta(seconds=61)


async def phone_of(who: Someone) -> str:
    """The phone of an account, unsealed."""
    row = await fetch_one("SELECT phone_sealed FROM accounts WHERE id = $1", who.account_id)
    return unseal(row["phone_sealed"], "accounts", "phone", who.account_id)


async def ask_code(api: Api, phone: str) -> dict[str, Any]:
    """Ask for a code, a minute after the one before."""
    await move_clock(A_MINUTE)
    return dict(await api.post("/v1/sign-in-codes", {"phone": phone}, expect=202))


def answer_to(asked: dict[str, Any], code: str | None = None) -> dict[str, Any]:
    """The body that signs in with a code."""
    return {
        "sign_in_code_id": asked["id"],
        "code": code or asked["demo_code"],
        "device_name": "王阿姨的手机",
    }


def wrong_code(asked: dict[str, Any]) -> str:
    return f"{(int(asked['demo_code']) + 1) % 1_000_000:06d}"


async def sign_in(api: Api, who: Someone) -> dict[str, Any]:
    """A fresh session of somebody with a phone."""
    asked = await ask_code(api, await phone_of(who))
    return dict(await api.post("/v1/sessions", answer_to(asked)))


@contextmanager
def changed_settings(**changes: Any) -> Iterator[None]:
    """Other settings for the time of a test."""
    before = settings_module.current()
    settings_module.use_settings(replace(before, **changes))
    try:
        yield
    finally:
        settings_module.use_settings(before)
