"""Sign-in by text message: asking for a code, and signing in with it.

A wrong code must leave a trace: the refusal is returned as a value after the commit, and the
route raises it.
"""

import hashlib
import hmac
import secrets
from uuid import UUID

from backend.core import clock
from backend.core.columns import new_id
from backend.core.db import atomic, fetch, fetch_one, fetch_value
from backend.core.problems import Refusal
from backend.core.sealing import blind_index, ring
from backend.identity import queries, rules
from backend.identity.actions.sessions import begin_session
from backend.identity.schemas import SessionView, SignInCodeView
from backend.identity.types import CodeFacts


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
        return await begin_session(account_id, device_name, at, at + rules.SESSION_LIFE)
