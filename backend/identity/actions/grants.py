"""Giving and taking roles."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend.core import audit, clock
from backend.core.access import Actor, Permission
from backend.core.columns import new_id
from backend.core.db import atomic, fetch, fetch_one
from backend.core.problems import NotFound
from backend.identity import rules
from backend.identity.schemas import GrantRole, RoleGrantView
from backend.identity.types import NewGrant


async def grant_role(actor: Actor, order: GrantRole) -> RoleGrantView:
    """Give an account a role at a place that the actor administers."""
    async with atomic():
        await _require_administered(actor, order.place_code)
        rules.require_future_end(order.valid_until, await clock.now())
        if await fetch_one("SELECT 1 FROM accounts WHERE id = $1", order.account_id) is None:
            raise NotFound
        grant = NewGrant(order.account_id, order.role, order.place_code, order.valid_until)
        grant_id = (await grant_roles([grant], granted_by=actor.account_id))[0]
        await audit.record(
            "grant_role",
            actor,
            subject=("role_grant", str(grant_id)),
            place_code=order.place_code,
            facts={"account_id": str(order.account_id), "role": order.role},
        )
    return RoleGrantView(
        id=grant_id,
        account_id=order.account_id,
        role=order.role,
        place_code=order.place_code,
        valid_until=order.valid_until,
    )


async def revoke_role(actor: Actor, grant_id: UUID) -> None:
    """Take a role back; it ends with the account's next request."""
    async with atomic():
        row = await fetch_one(
            "SELECT place_code FROM role_grants WHERE id = $1 AND revoked_at IS NULL FOR UPDATE",
            grant_id,
        )
        if row is None:
            raise NotFound
        await _require_administered(actor, row["place_code"])
        await fetch("UPDATE role_grants SET revoked_at = linli_now() WHERE id = $1", grant_id)
        await audit.record(
            "revoke_role",
            actor,
            subject=("role_grant", str(grant_id)),
            place_code=row["place_code"],
        )


async def _require_administered(actor: Actor, place_code: str) -> None:
    row = await fetch_one("SELECT path FROM places WHERE code = $1", place_code)
    if row is None or not actor.may(Permission.GRANT_ROLES, row["path"]):
        raise NotFound


async def grant_roles(grants: Sequence[NewGrant], granted_by: UUID | None = None) -> list[UUID]:
    """Give many roles in one statement; for seeding and for rooms whose facts carry a role.

    A role that has run out makes way; one that still holds is a `RoleAlreadyHeld`.
    """
    at = await clock.now()
    ids = [new_id() for _ in grants]
    async with atomic():
        await _close_expired(grants, at)
        await _insert(grants, ids, granted_by, at)
    return ids


async def _close_expired(grants: Sequence[NewGrant], at: datetime) -> None:
    await fetch(
        "UPDATE role_grants g SET revoked_at = g.valid_until"
        " FROM unnest($1::uuid[], $2::text[], $3::text[]) AS n (account_id, role, place_code)"
        " WHERE g.account_id = n.account_id AND g.role = n.role AND g.place_code = n.place_code"
        " AND g.revoked_at IS NULL AND g.valid_until <= $4",
        [grant.account_id for grant in grants],
        [grant.role.value for grant in grants],
        [grant.place_code for grant in grants],
        at,
    )


async def _insert(
    grants: Sequence[NewGrant], ids: list[UUID], granted_by: UUID | None, at: datetime
) -> None:
    await fetch(
        "INSERT INTO role_grants (id, account_id, role, place_code, valid_from, valid_until,"
        " granted_by) SELECT *, $6 FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[],"
        " $7::timestamptz[], $5::timestamptz[])",
        ids,
        [grant.account_id for grant in grants],
        [grant.role.value for grant in grants],
        [grant.place_code for grant in grants],
        [grant.valid_until for grant in grants],
        granted_by,
        [grant.valid_from or at for grant in grants],
    )
