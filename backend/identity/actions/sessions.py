"""Sessions: a signed-in device, its rotating refresh token, and its end.

The reuse of a refresh token must leave a trace: the refusal is returned as a value after the
commit, and the route raises it.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from backend.core import audit, clock
from backend.core.access import Actor
from backend.core.columns import new_id
from backend.core.db import atomic, fetch, fetch_one
from backend.core.problems import Refusal
from backend.core.sealing import seal, unseal
from backend.core.tokens import (
    AccessToken,
    hash_secret,
    new_access_token,
    new_refresh_token,
    read_refresh_token,
)
from backend.identity import queries, rules
from backend.identity.schemas import SessionView
from backend.identity.types import SessionFacts


async def begin_session(
    account_id: UUID, device_name: str, at: datetime, expires_at: datetime
) -> SessionView:
    """Sign a device in, inside the caller's transaction."""
    session_id = new_id()
    refresh = new_refresh_token(session_id)
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
    await audit.record(
        "open_session",
        None,
        subject=("session", str(session_id)),
        facts={"account_id": str(account_id)},
    )
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
    """Rotate a refresh token; its second use within 30 s gets the same successor, later ends it.

    A token that was replaced long ago still names its session, so its theft ends the session too.
    """
    session_id, presented = read_refresh_token(refresh_token), hash_secret(refresh_token)
    if session_id is None:
        return rules.RefreshRefused()
    async with atomic():
        row = await fetch_one("SELECT * FROM sessions WHERE id = $1 FOR UPDATE", session_id)
        if row is None:
            return rules.RefreshRefused()
        at = await clock.now()
        match rules.decide_rotation(_facts(row, presented), at):
            case rules.Rotation.ROTATE:
                return await _rotate(row, presented, at)
            case rules.Rotation.REPLAY:
                successor = unseal(row["next_sealed"], "sessions", "next", row["id"])
                return await _view(row["id"], successor, at)
            case rules.Rotation.REUSE:
                await _revoke(row["id"], "refresh token reused", at)
        return rules.RefreshRefused()


def _facts(row: Any, presented: bytes) -> SessionFacts:
    return SessionFacts(
        is_current=row["refresh_hash"] == presented,
        is_previous=row["previous_hash"] == presented,
        rotated_at=row["rotated_at"],
        expires_at=row["expires_at"],
        revoked=row["revoked_at"] is not None,
    )


async def _rotate(row: Any, presented: bytes, at: datetime) -> SessionView:
    successor = new_refresh_token(row["id"])
    await fetch(
        "UPDATE sessions SET refresh_hash = $2, previous_hash = $3, next_sealed = $4,"
        " rotated_at = $5::timestamptz, expires_at = $5::timestamptz + (expires_at - rotated_at)"
        " WHERE id = $1",
        row["id"],
        hash_secret(successor),
        presented,
        seal(successor, "sessions", "next", row["id"]),
        at,
    )
    return await _view(row["id"], successor, at)


async def end_session(actor: Actor) -> None:
    """Sign out this device."""
    async with atomic():
        await _revoke(actor.session_id, "signed out", await clock.now(), actor)


async def _revoke(session_id: UUID, because: str, at: datetime, actor: Actor | None = None) -> None:
    await fetch(
        "UPDATE sessions SET revoked_at = $2, revoked_because = $3 WHERE id = $1",
        session_id,
        at,
        because,
    )
    await audit.record(
        "end_session", actor, subject=("session", str(session_id)), facts={"because": because}
    )
