"""Decisions of identity: who may get a code, sign in, refresh, be given a role.

Figures from trust.md §3: code 6 digits, 5 minutes, 5 tries; per phone 1/min, 5/h, 10/day; refresh
grace 30 s.
"""

import re
from datetime import datetime, timedelta
from enum import StrEnum

from backend.core.problems import Kind, Refusal
from backend.identity.types import CodeFacts, CodesSent, SessionFacts

CODE_LIFE = timedelta(minutes=5)
CODE_TRIES = 5
PHONE_PER_MINUTE, PHONE_PER_HOUR, PHONE_PER_DAY = 1, 5, 10
REFRESH_GRACE = timedelta(seconds=30)
SESSION_LIFE = timedelta(days=30)
STAFF_SESSION_LIFE = timedelta(days=14)
STAFF_FAILURES = 5
STAFF_FAILURE_WINDOW = timedelta(minutes=15)

_MAINLAND_MOBILE = re.compile(r"(?:\+86)?(1[3-9]\d{9})", re.ASCII)


class PhoneInvalid(Refusal):
    """Only mainland mobiles (+86) get a code."""

    kind = Kind.INVALID
    code = "phone-invalid"
    zh = "请输入 11 位手机号码（+86）。"
    en = "Enter an 11-digit mainland mobile number (+86)."


class TooManyCodes(Refusal):
    """A limit of codes was reached: 1 a minute, 5 an hour, 10 a day for one phone."""

    kind = Kind.TOO_MANY
    code = "too-many-codes"
    zh = "验证码发送过于频繁，请在 {retry_after_s} 秒后再试。"
    en = "Too many codes were sent; try again in {retry_after_s} seconds."


class CodeRefused(Refusal):
    """Wrong, expired, used, or tried too often: which of them is not told."""

    kind = Kind.UNAUTHENTICATED
    code = "sign-in-code-refused"
    zh = "验证码不正确或已失效，请核对或重新获取。"
    en = "The code is wrong or has ended. Check it, or ask for a new one."


class StaffSignInRefused(Refusal):
    """Login, password or one-time password is wrong: which is not told."""

    kind = Kind.UNAUTHENTICATED
    code = "staff-sign-in-refused"
    zh = "账号、密码或动态口令不正确。"
    en = "The login, password or one-time password is wrong."


class StaffSignInPaused(Refusal):
    """Five failures in 15 minutes pause a login."""

    kind = Kind.TOO_MANY
    code = "staff-sign-in-paused"
    zh = "失败次数过多，请在 {retry_after_s} 秒后再试。"
    en = "Too many failures; try again in {retry_after_s} seconds."


class RefreshRefused(Refusal):
    """The refresh token is unknown, ended, or was used before; then its sign-in has ended."""

    kind = Kind.UNAUTHENTICATED
    code = "refresh-refused"
    zh = "登录已失效，请重新登录。"
    en = "This sign-in has ended. Please sign in again."


class SmsNotConfigured(Refusal):
    """No text message gateway is configured here, so no code can reach a phone."""

    kind = Kind.UNAVAILABLE
    code = "sms-not-configured"
    zh = "短信服务尚未配置，暂时无法获取验证码，请联系社区工作人员。"
    en = "Text messages are not configured here; ask your community's staff."


class RoleAlreadyHeld(Refusal):
    """The account holds this role at this place already."""

    kind = Kind.CONFLICT
    code = "role-already-held"
    zh = "该账号在此处已有这一角色。"
    en = "The account holds this role here already."
    constraint = "role_grants_once"


class RoleEndsInPast(Refusal):
    """A role must last beyond now."""

    kind = Kind.INVALID
    code = "role-ends-in-past"
    zh = "角色的截止时间须晚于现在，请重新选择。"
    en = "A role must end in the future; choose a later time."


class PhoneTaken(Refusal):
    """Another account has this phone."""

    kind = Kind.CONFLICT
    code = "phone-taken"
    zh = "该手机号已绑定其他账号。"
    en = "Another account has this phone."
    constraint = "accounts_phone_once"


class Rotation(StrEnum):
    """What a presented refresh token leads to."""

    ROTATE = "rotate"
    REPLAY = "replay"
    REUSE = "reuse"
    ENDED = "ended"


def parse_phone(text: str) -> str:
    """The 11 digits of a mainland mobile number, or a refusal."""
    match = _MAINLAND_MOBILE.fullmatch(text.replace(" ", "").replace("-", ""))
    if match is None:
        raise PhoneInvalid
    return match[1]


def admit_code_request(sent: CodesSent, per_address_hour: int, per_hour: int) -> None:
    """Refuse another code when a limit of phone, address or everybody is reached."""
    if sent.phone_minute >= PHONE_PER_MINUTE:
        raise TooManyCodes(retry_after_s=60)
    if sent.phone_hour >= PHONE_PER_HOUR:
        raise TooManyCodes(retry_after_s=3600)
    if sent.phone_day >= PHONE_PER_DAY:
        raise TooManyCodes(retry_after_s=86_400)
    if sent.address_hour >= per_address_hour or sent.all_hour >= per_hour:
        raise TooManyCodes(retry_after_s=600)


def is_code_accepted(code: CodeFacts, at: datetime) -> bool:
    """Whether a code signs in: right, unused, within 5 minutes and 5 tries."""
    fresh = at < code.expires_at and not code.used and code.tries < CODE_TRIES
    return fresh and code.matches


def decide_rotation(session: SessionFacts, at: datetime) -> Rotation:
    """Rotate the current token; replay the one before for 30 s; any other use is theft."""
    if session.revoked or at >= session.expires_at:
        return Rotation.ENDED
    if session.is_current:
        return Rotation.ROTATE
    in_grace = session.is_previous and at - session.rotated_at <= REFRESH_GRACE
    return Rotation.REPLAY if in_grace else Rotation.REUSE


def admit_staff_try(failures: int) -> None:
    """Pause a login after five failures in 15 minutes."""
    if failures >= STAFF_FAILURES:
        raise StaffSignInPaused(retry_after_s=int(STAFF_FAILURE_WINDOW.total_seconds()))


def require_future_end(valid_until: datetime | None, at: datetime) -> None:
    """Refuse a role that would have ended before it begins."""
    if valid_until is not None and valid_until <= at:
        raise RoleEndsInPast
