"""What crosses the wire in identity."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from backend.core.access import Role
from backend.core.wire import Body, Moment, View

DeviceName = Annotated[str, Meta(min_length=1, max_length=80, examples=["王阿姨的手机"])]

SixDigits = Annotated[str, Meta(min_length=6, max_length=6, pattern="^[0-9]{6}$")]


class RequestSignInCode(Body):
    """The phone to send a code to."""

    phone: Annotated[str, Meta(min_length=5, max_length=20, examples=["19900000001"])]


class SignInCodeView(View):
    """A code is on its way; `demo_code` shows it outside production."""

    id: UUID
    expires_at: datetime
    demo_code: str | None = None


class OpenSession(Body):
    """The code that arrived."""

    sign_in_code_id: UUID
    code: SixDigits
    device_name: DeviceName


class OpenStaffSession(Body):
    """Login, password, and the six digits of the authenticator (TOTP)."""

    login: Annotated[str, Meta(min_length=1, max_length=60)]
    password: Annotated[str, Meta(min_length=1, max_length=200)]
    totp: SixDigits
    device_name: DeviceName = "staff"


class RefreshSession(Body):
    """The refresh token of last time."""

    refresh_token: Annotated[str, Meta(min_length=20, max_length=120)]


class RoleView(View):
    """A role at a place."""

    role: Role
    role_name: str
    place_code: str


class AccountView(View):
    """The account that is signed in."""

    id: UUID
    person_id: UUID
    name: str
    roles: list[RoleView]


class SessionView(View):
    """Tokens: the access token lasts 15 minutes, the refresh token is used once."""

    access_token: str
    refresh_token: str
    access_expires_at: datetime
    account: AccountView


class GrantRole(Body):
    """A role to give, until a moment."""

    account_id: UUID
    role: Role
    place_code: Annotated[str, Meta(min_length=2, max_length=24)]
    valid_until: Moment | None = None


class RoleGrantView(View):
    """A role that was given."""

    id: UUID
    account_id: UUID
    role: Role
    place_code: str
    valid_until: datetime | None
