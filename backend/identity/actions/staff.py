"""Sign-in of staff: password and one-time password (TOTP, RFC 6238).

A failure must leave a trace: the refusal is returned as a value after the commit, and the route
raises it.
"""

import asyncio
import hmac
from datetime import datetime
from typing import Any

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from backend.core import clock
from backend.core.columns import new_id
from backend.core.db import atomic, fetch, fetch_one, fetch_value
from backend.core.problems import Refusal
from backend.core.sealing import blind_index, unseal
from backend.identity import rules
from backend.identity.actions.sessions import begin_session
from backend.identity.schemas import SessionView

_hasher = PasswordHasher()
_NOBODYS_HASH = (
    "$argon2id$v=19$m=65536,t=3,p=4$0/gyOJi4TyMsLBah06DzlA$yVq5Ow"
    "lBvFRsFuJGvDaNonmIKVo8RdKk8OHyJQgVo+A"
)
"""Verified where there is no such login, so that an unknown one takes as long."""
_TOTP_STEP_S = 30


async def open_staff_session(
    login: str, password: str, totp: str, device_name: str, address: str
) -> SessionView | Refusal:
    """Sign in with password and TOTP; a failure is counted and committed, a code works once.

    A paused login costs no argon2; the count is taken again under the account's lock.
    """
    rules.admit_staff_try(await _count_failures(login, await clock.now()))
    known = await fetch_one(
        "SELECT id, password_hash FROM accounts WHERE login = $1 AND disabled_at IS NULL", login
    )
    right = await asyncio.to_thread(
        _verify, known["password_hash"] if known else _NOBODYS_HASH, password
    )
    async with atomic():
        row = await fetch_one(
            "SELECT id, totp_sealed, totp_last_step FROM accounts WHERE login = $1"
            " AND disabled_at IS NULL FOR UPDATE",
            login,
        )
        at = await clock.now()
        rules.admit_staff_try(await _count_failures(login, at))
        step = _accepted_step(row, totp, await _wall_clock()) if row and right else None
        if row is None or step is None:
            await fetch(
                "INSERT INTO staff_sign_in_failures VALUES ($1, $2, $3, $4)",
                new_id(),
                login,
                blind_index("address", address),
                at,
            )
            return rules.StaffSignInRefused()
        await fetch("UPDATE accounts SET totp_last_step = $2 WHERE id = $1", row["id"], step)
        return await begin_session(row["id"], device_name, at, at + rules.STAFF_SESSION_LIFE)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except VerificationError:
        return False


async def _wall_clock() -> datetime:
    """The real time: an authenticator on a phone does not follow the demo clock."""
    at: datetime = await fetch_value("SELECT clock_timestamp()")
    return at


def _accepted_step(row: Any, totp: str, real_at: datetime) -> int | None:
    """The TOTP step that the digits belong to, if it was not used before (± one step)."""
    generator = pyotp.TOTP(unseal(row["totp_sealed"], "accounts", "totp", row["id"]))
    step = int(real_at.timestamp()) // _TOTP_STEP_S
    for candidate in (step - 1, step, step + 1):
        if candidate > row["totp_last_step"] and hmac.compare_digest(
            generator.at(candidate * _TOTP_STEP_S), totp
        ):
            return candidate
    return None


async def _count_failures(login: str, at: datetime) -> int:
    return int(
        await fetch_value(
            "SELECT count(*) FROM staff_sign_in_failures WHERE login = $1 AND at > $2",
            login,
            at - rules.STAFF_FAILURE_WINDOW,
        )
    )
