"""Tokens: signed access tokens, stream tickets, and codes that rotate every ten seconds.

All are HMAC-SHA-256 under keys of the ring. Whoever verifies passes the time in, from
`linli_now()`, so that a wrong clock on one machine opens no window.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from backend.core.sealing import ring

CODE_STEP_S = 10
"""How long one rotating code is shown; the one before is accepted too (at most 20 s)."""

ACCESS_TOKEN_LIFE = timedelta(minutes=15)
STREAM_TICKET_LIFE = timedelta(seconds=60)
_CODE_BYTES = 16


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What a bearer token says of itself; the session behind it is still to be asked."""

    session_id: UUID
    expires_at: datetime


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _unb64(text: str) -> bytes:
    """The bytes of a text that is exactly what `_b64` writes: no second spelling is accepted."""
    raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if _b64(raw) != text:
        raise ValueError("not canonical")
    return raw


def _mac(use: str, payload: bytes) -> bytes:
    return hmac.new(ring().tokens, use.encode() + b"|" + payload, hashlib.sha256).digest()


def new_access_token(session_id: UUID, at: datetime) -> tuple[str, datetime]:
    """A bearer token for a session and the moment it ends (15 minutes after `at`)."""
    expires_at = (at + ACCESS_TOKEN_LIFE).replace(microsecond=0)
    payload = session_id.bytes + int(expires_at.timestamp()).to_bytes(8, "big")
    return f"lla.{_b64(payload)}.{_b64(_mac('access', payload))}", expires_at


def read_access_token(token: str) -> AccessToken | None:
    """The content of a genuine token, expired or not; None if it is not ours."""
    parts = token.split(".")
    if len(parts) != 3 or parts[0] != "lla":
        return None
    payload = _open(parts[1], parts[2], "access")
    if payload is None or len(payload) != 24:
        return None
    ends = datetime.fromtimestamp(int.from_bytes(payload[16:], "big"), UTC)
    return AccessToken(UUID(bytes=payload[:16]), ends)


def _open(payload_text: str, mac_text: str, use: str) -> bytes | None:
    try:
        payload, mac = _unb64(payload_text), _unb64(mac_text)
    except (ValueError, binascii.Error):
        return None
    return payload if hmac.compare_digest(mac, _mac(use, payload)) else None


def new_stream_ticket(topic: str, at: datetime) -> tuple[str, datetime]:
    """A ticket that opens one live stream for 60 seconds (EventSource sends no bearer header)."""
    expires_at = at + STREAM_TICKET_LIFE
    payload = f"{int(expires_at.timestamp())}|{topic}".encode()
    return f"{_b64(payload)}.{_b64(_mac('stream', payload))}", expires_at


def is_stream_ticket(ticket: str, topic: str, at: datetime) -> bool:
    """Whether the ticket is genuine, for this topic, and not yet expired at `at`."""
    payload_text, _, mac_text = ticket.partition(".")
    payload = _open(payload_text, mac_text, "stream")
    if payload is None:
        return False
    expires, _, named = payload.decode().partition("|")
    return named == topic and int(expires) >= at.timestamp()


def new_secret() -> str:
    """256 random bits as text; only its hash is stored."""
    return _b64(secrets.token_bytes(32))


def new_refresh_token(session_id: UUID) -> str:
    """A refresh token that says whose it is, so that one long replaced is known as reused."""
    payload = session_id.bytes + secrets.token_bytes(16)
    return f"{_b64(payload)}.{_b64(_mac('refresh', payload))}"


def read_refresh_token(token: str) -> UUID | None:
    """The session of a genuine refresh token, current or long replaced; None if it is not ours."""
    payload_text, _, mac_text = token.partition(".")
    payload = _open(payload_text, mac_text, "refresh")
    return UUID(bytes=payload[:16]) if payload is not None and len(payload) == 32 else None


def hash_secret(secret: str) -> bytes:
    """The SHA-256 under which a random secret is stored."""
    return hashlib.sha256(secret.encode()).digest()


def rotating_code(event: str, at: datetime, steps_back: int = 0) -> str:
    """The code of an event (say `shift|<id>|in`) at a moment: 128 bits under a key of its own."""
    event_key = hmac.new(ring().codes, event.encode(), hashlib.sha256).digest()
    step = int(at.timestamp()) // CODE_STEP_S - steps_back
    return _b64(hmac.new(event_key, str(step).encode(), hashlib.sha256).digest()[:_CODE_BYTES])


def is_rotating_code(code: str, event: str, at: datetime) -> bool:
    """Whether `code` is the current or the previous code of the event at `at`."""
    given = code.encode(errors="replace")
    return any(
        hmac.compare_digest(given, rotating_code(event, at, steps).encode()) for steps in (0, 1)
    )


def code_valid_until(at: datetime) -> datetime:
    """When the code shown at `at` is replaced on the screen."""
    step = int(at.timestamp()) // CODE_STEP_S + 1
    return datetime.fromtimestamp(step * CODE_STEP_S, UTC)
