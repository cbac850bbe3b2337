"""HTTP doors of identity."""

from typing import Any
from uuid import UUID

from litestar import Request, Router
from litestar.params import FromPath, JSONBody

from backend import settings
from backend.core.access import Permission
from backend.core.doors import Asking, OneTime, delete, get, post
from backend.core.problems import NotFound, Refusal, language_of
from backend.identity import actions, queries, rules
from backend.identity.schemas import (
    AccountView,
    GrantRole,
    OpenSession,
    OpenStaffSession,
    RefreshSession,
    RequestSignInCode,
    RoleGrantView,
    SessionView,
    SignInCodeView,
)

Asked = Request[Any, Any, Any]


def _granted(outcome: SessionView | Refusal) -> SessionView:
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def _address(request: Asked) -> str:
    return request.client.host if request.client else "unknown"


@post(
    "/sign-in-codes",
    needs=Permission.PUBLIC,
    refuses=(rules.PhoneInvalid, rules.TooManyCodes, rules.SmsNotConfigured),
    status_code=202,
)
async def request_sign_in_code(data: JSONBody[RequestSignInCode], request: Asked) -> SignInCodeView:
    """Ask for a sign-in code by text message.

    The answer and its timing are the same for unknown numbers.
    """
    current = settings.current()
    if current.is_production:
        raise rules.SmsNotConfigured
    return await actions.request_sign_in_code(
        data.phone,
        _address(request),
        per_address_hour=current.sign_in_codes_per_address_per_hour,
        per_hour=current.sign_in_codes_per_hour,
        show=True,
    )


@post("/sessions", needs=Permission.PUBLIC, refuses=(rules.CodeRefused,))
async def open_session(data: JSONBody[OpenSession]) -> SessionView:
    """Sign in with the code that arrived."""
    return _granted(await actions.open_session(data.sign_in_code_id, data.code, data.device_name))


@post(
    "/staff-sessions",
    needs=Permission.PUBLIC,
    refuses=(rules.StaffSignInRefused, rules.StaffSignInPaused),
)
async def open_staff_session(data: JSONBody[OpenStaffSession], request: Asked) -> SessionView:
    """Sign in as staff with password and one-time password."""
    return _granted(
        await actions.open_staff_session(
            data.login, data.password, data.totp, data.device_name, _address(request)
        )
    )


@post(
    "/sessions/refresh", needs=Permission.PUBLIC, refuses=(rules.RefreshRefused,), status_code=200
)
async def refresh_session(data: JSONBody[RefreshSession]) -> SessionView:
    """Trade a refresh token for new tokens.

    A phone that lost the answer may retry within 30 seconds and gets the same successor.
    """
    return _granted(await actions.refresh_session(data.refresh_token))


@delete("/sessions/current", needs=Permission.SIGNED_IN)
async def end_session(actor: Asking) -> None:
    """Sign out this device."""
    await actions.end_session(actor)


@get("/me", needs=Permission.SIGNED_IN)
async def read_me(actor: Asking, request: Asked) -> AccountView:
    """Who is signed in, and with which roles."""
    return queries.view_account(actor, language_of(request.headers.get("accept-language")))


@post(
    "/role-grants",
    needs=Permission.GRANT_ROLES,
    refuses=(rules.RoleAlreadyHeld, rules.RoleEndsInPast, NotFound),
)
async def grant_role(actor: Asking, data: JSONBody[GrantRole], once: OneTime) -> RoleGrantView:
    """Give an account a role at a place you administer."""
    return await once.run(lambda: actions.grant_role(actor, data), RoleGrantView)


@delete("/role-grants/{grant_id:uuid}", needs=Permission.GRANT_ROLES)
async def revoke_role(actor: Asking, grant_id: FromPath[UUID]) -> None:
    """Take a role back; it ends with the account's next request."""
    await actions.revoke_role(actor, grant_id)


router = Router(
    "/v1",
    route_handlers=[
        request_sign_in_code,
        open_session,
        open_staff_session,
        refresh_session,
        end_session,
        read_me,
        grant_role,
        revoke_role,
    ],
    tags=["identity"],
)
