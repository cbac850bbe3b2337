"""Writes of identity, by topic."""

from backend.identity.actions.grants import grant_role, grant_roles, revoke_role
from backend.identity.actions.register import (
    open_accounts,
    open_staff_account,
    register_people,
    set_staff_secret,
)
from backend.identity.actions.sessions import (
    end_session,
    open_session,
    open_staff_session,
    refresh_session,
    request_sign_in_code,
)

__all__ = [
    "end_session",
    "grant_role",
    "grant_roles",
    "open_accounts",
    "open_session",
    "open_staff_account",
    "open_staff_session",
    "refresh_session",
    "register_people",
    "request_sign_in_code",
    "revoke_role",
    "set_staff_secret",
]
