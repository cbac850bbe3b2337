"""Reads of identity."""

from typing import Any
from uuid import UUID

from backend.core.access import ROLE_NAMES, Actor, Grant, Role
from backend.core.db import fetch, fetch_one
from backend.core.tokens import AccessToken
from backend.identity.schemas import AccountView, RoleView
from backend.identity.types import CodesSent

_ACTOR = """
SELECT s.id AS session_id, a.id AS account_id, a.person_id, p.name,
       (SELECT jsonb_agg(jsonb_build_array(g.role, g.place_code, pl.path))
          FROM role_grants g JOIN places pl ON pl.code = g.place_code
         WHERE g.account_id = a.id AND g.revoked_at IS NULL AND g.valid_from <= clock.at
           AND (g.valid_until IS NULL OR g.valid_until > clock.at)) AS grants
  FROM (SELECT linli_now() AS at) clock,
       sessions s JOIN accounts a ON a.id = s.account_id JOIN people p ON p.id = a.person_id
 WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > clock.at
   AND a.disabled_at IS NULL AND $2 > clock.at
"""

_CODES_SENT = """
SELECT count(*) FILTER (WHERE phone_index = $1 AND created_at > clock.at - interval '1 minute'),
       count(*) FILTER (WHERE phone_index = $1 AND created_at > clock.at - interval '1 hour'),
       count(*) FILTER (WHERE phone_index = $1),
       count(*) FILTER (WHERE address_index = $2 AND created_at > clock.at - interval '1 hour'),
       count(*) FILTER (WHERE created_at > clock.at - interval '1 hour')
  FROM sign_in_codes, (SELECT $3::timestamptz AS at) clock
 WHERE created_at > clock.at - interval '1 day'
   AND (phone_index = $1 OR created_at > clock.at - interval '1 hour')
"""


async def find_actor(token: AccessToken) -> Actor | None:
    """The actor behind a genuine token, with the roles of this very moment; None if it ended."""
    row = await fetch_one(_ACTOR, token.session_id, token.expires_at)
    if row is None:
        return None
    grants = tuple(Grant(Role(role), code, path) for role, code, path in row["grants"] or ())
    return Actor(row["account_id"], row["person_id"], row["session_id"], row["name"], grants)


async def count_codes_sent(phone_index: bytes, address_index: bytes, at: Any) -> CodesSent:
    """How many codes went out lately."""
    return CodesSent(*await fetch_one(_CODES_SENT, phone_index, address_index, at))


def view_account(actor: Actor, language: str = "zh-CN") -> AccountView:
    """The signed-in account with its roles in the reader's language."""
    spoken = 1 if language == "en" else 0
    roles = [
        RoleView(role=g.role, role_name=ROLE_NAMES[g.role][spoken], place_code=g.place_code)
        for g in actor.grants
    ]
    return AccountView(id=actor.account_id, person_id=actor.person_id, name=actor.name, roles=roles)


async def list_accounts_of(person_ids: list[UUID]) -> dict[UUID, UUID]:
    """The account of each person who has one, by person."""
    rows = await fetch(
        "SELECT person_id, id FROM accounts WHERE person_id = ANY($1) AND disabled_at IS NULL",
        person_ids,
    )
    return {row["person_id"]: row["id"] for row in rows}


async def list_people_with_role(role: Role, place_code: str) -> list[UUID]:
    """The people who hold a role at exactly this place right now."""
    rows = await fetch(
        "SELECT a.person_id FROM role_grants g JOIN accounts a ON a.id = g.account_id"
        " WHERE g.role = $1 AND g.place_code = $2 AND g.revoked_at IS NULL"
        " AND g.valid_from <= linli_now()"
        " AND (g.valid_until IS NULL OR g.valid_until > linli_now()) ORDER BY a.person_id",
        role,
        place_code,
    )
    return [row["person_id"] for row in rows]


async def holds_role(person_id: UUID, role: Role, place_path: str) -> bool:
    """Whether a person holds a role at a place right now, there or above it."""
    row = await fetch_one(
        "SELECT 1 FROM role_grants g JOIN accounts a ON a.id = g.account_id"
        " JOIN places p ON p.code = g.place_code WHERE a.person_id = $1 AND g.role = $2"
        " AND starts_with($3, p.path) AND g.revoked_at IS NULL AND g.valid_from <= linli_now()"
        " AND (g.valid_until IS NULL OR g.valid_until > linli_now())",
        person_id,
        role,
        place_path,
    )
    return row is not None
