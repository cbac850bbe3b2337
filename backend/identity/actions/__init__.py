"""Writes of identity, by topic."""

from backend.identity.actions.codes import open_session, request_sign_in_code
from backend.identity.actions.grants import grant_role, grant_roles, revoke_role
from backend.identity.actions.register import (
    give_staff_login,
    hash_password,
    open_accounts,
    register_people,
)
from backend.identity.actions.sessions import end_session, refresh_session
from backend.identity.actions.staff import open_staff_session

__all__ = [
    "end_session",
    "give_staff_login",
    "grant_role",
    "grant_roles",
    "hash_password",
    "open_accounts",
    "open_session",
    "open_staff_session",
    "refresh_session",
    "register_people",
    "request_sign_in_code",
    "revoke_role",
]
