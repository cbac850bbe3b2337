"""Signing in and out.

Refusals that must leave a trace (a wrong code, a reused refresh token, a wrong password) are
returned as values after the commit; the route raises them.
"""

import asyncio
import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from backend.core import audit, clock
from backend.core.access import Actor
from backend.core.columns import new_id
from backend.core.db import atomic, fetch, fetch_one, fetch_value
from backend.core.problems import Refusal
from backend.core.sealing import blind_index, ring, seal, unseal
from backend.core.tokens import AccessToken, hash_secret, new_access_token, new_secret
from backend.identity import queries, rules
from backend.identity.schemas import SessionView, SignInCodeView
from backend.identity.types import CodeFacts, SessionFacts

_hasher = PasswordHasher()
_NOBODYS_HASH = _hasher.hash("nobody")
_TOTP_STEP_S = 30


async def request_sign_in_code(
    phone: str, address: str, *, per_address_hour: int, per_hour: int, show: bool
) -> SignInCodeView:
    """Make a one-time code for a phone, known or not: the answer is the same.

    Limits are counted in PostgreSQL under a lock for this phone, so they hold in parallel and
    fail closed. `show` returns the code (never in production).
    """
    digits = rules.parse_phone(phone)
    index, address_index = blind_index("phone", digits), blind_index("address", address)
    code, code_id = f"{secrets.randbelow(1_000_000):06d}", new_id()
    async with atomic():
        await fetch("SELECT pg_advisory_xact_lock($1)", int.from_bytes(index[:7], "big"))
        at = await clock.now()
        sent = await queries.count_codes_sent(index, address_index, at)
        rules.admit_code_request(sent, per_address_hour, per_hour)
        await fetch(
            "INSERT INTO sign_in_codes (id, phone_index, code_hash, address_index, created_at,"
            " expires_at, tries) VALUES ($1, $2, $3, $4, $5, $6, 0)",
            code_id,
            index,
            _code_hash(code_id, code),
            address_index,
            at,
            at + rules.CODE_LIFE,
        )
    expires_at = at + rules.CODE_LIFE
    return SignInCodeView(id=code_id, expires_at=expires_at, demo_code=code if show else None)


def _code_hash(code_id: UUID, code: str) -> bytes:
    return hmac.new(ring().tokens, code_id.bytes + code.encode(), hashlib.sha256).digest()


async def open_session(code_id: UUID, code: str, device_name: str) -> SessionView | Refusal:
    """Sign in with a code; a wrong try is counted and committed."""
    async with atomic():
        row = await fetch_one("SELECT * FROM sign_in_codes WHERE id = $1 FOR UPDATE", code_id)
        if row is None:
            return rules.CodeRefused()
        at = await clock.now()
        matches = hmac.compare_digest(row["code_hash"], _code_hash(code_id, code))
        facts = CodeFacts(row["expires_at"], row["tries"], row["used_at"] is not None, matches)
        if not rules.is_code_accepted(facts, at):
            await fetch("UPDATE sign_in_codes SET tries = tries + 1 WHERE id = $1", code_id)
            return rules.CodeRefused()
        await fetch("UPDATE sign_in_codes SET used_at = $2 WHERE id = $1", code_id, at)
        account_id = await fetch_value(
            "SELECT id FROM accounts WHERE phone_index = $1 AND disabled_at IS NULL",
            row["phone_index"],
        )
        if account_id is None:
            return rules.CodeRefused()
        return await _begin(account_id, device_name, at, at + rules.SESSION_LIFE)


async def _begin(
    account_id: UUID, device_name: str, at: datetime, expires_at: datetime
) -> SessionView:
    session_id, refresh = new_id(), new_secret()
    await fetch(
        "INSERT INTO sessions (id, account_id, device_name, refresh_hash, rotated_at, created_at,"
        " expires_at) VALUES ($1, $2, $3, $4, $5, $5, $6)",
        session_id,
        account_id,
        device_name,
        hash_secret(refresh),
        at,
        expires_at,
    )
    view = await _view(session_id, refresh, at)
    await audit.record("open_session", None, subject=("session", str(session_id)))
    return view


async def _view(session_id: UUID, refresh: str, at: datetime) -> SessionView:
    access, access_expires_at = new_access_token(session_id, at)
    actor = await queries.find_actor(AccessToken(session_id, access_expires_at))
    if actor is None:
        raise rules.RefreshRefused
    return SessionView(
        access_token=access,
        refresh_token=refresh,
        access_expires_at=access_expires_at,
        account=queries.view_account(actor),
    )


async def refresh_session(refresh_token: str) -> SessionView | Refusal:
    """Rotate a refresh token; its second use within 30 s gets the same successor, later ends it."""
    presented = hash_secret(refresh_token)
    async with atomic():
        row = await fetch_one(
            "SELECT *, refresh_hash = $1 AS is_current FROM sessions"
            " WHERE refresh_hash = $1 OR previous_hash = $1 FOR UPDATE",
            presented,
        )
        if row is None:
            return rules.RefreshRefused()
        at = await clock.now()
        facts = SessionFacts(
            row["is_current"], row["rotated_at"], row["expires_at"], row["revoked_at"] is not None
        )
        match rules.decide_rotation(facts, at):
            case rules.Rotation.ROTATE:
                return await _rotate(row, presented, at)
            case rules.Rotation.REPLAY:
                successor = unseal(row["next_sealed"], "sessions", "next", row["id"])
                return await _view(row["id"], successor, at)
            case rules.Rotation.REUSE:
                await _revoke(row["id"], "refresh token reused", at)
        return rules.RefreshRefused()


async def _rotate(row: Any, presented: bytes, at: datetime) -> SessionView:
    successor = new_secret()
    await fetch(
        "UPDATE sessions SET refresh_hash = $2, previous_hash = $3, next_sealed = $4,"
        " rotated_at = $5, expires_at = $5 + (expires_at - rotated_at) WHERE id = $1",
        row["id"],
        hash_secret(successor),
        presented,
        seal(successor, "sessions", "next", row["id"]),
        at,
    )
    return await _view(row["id"], successor, at)


async def _revoke(session_id: UUID, because: str, at: datetime) -> None:
    await fetch(
        "UPDATE sessions SET revoked_at = $2, revoked_because = $3 WHERE id = $1",
        session_id,
        at,
        because,
    )
    await audit.record(
        "end_session", None, subject=("session", str(session_id)), facts={"because": because}
    )


async def end_session(actor: Actor) -> None:
    """Sign out this device."""
    async with atomic():
        await _revoke(actor.session_id, "signed out", await clock.now())


async def open_staff_session(
    login: str, password: str, totp: str, device_name: str, address: str
) -> SessionView | Refusal:
    """Sign in with password and TOTP; a failure is counted and committed, a code works once."""
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
        return await _begin(row["id"], device_name, at, at + rules.STAFF_SESSION_LIFE)


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
