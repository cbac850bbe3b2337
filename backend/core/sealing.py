"""Sealing of phone and ID numbers (AES-256-GCM) and their blind indices (HMAC-SHA-256).

The additional data of a seal is `table|column|row`, so that a sealed value cannot be moved to
another row. The index key is another key than the sealing key, and neither is in the database.
"""

import base64
import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12
_KEY_BYTES = 32
_KEY_ID = re.compile(r"[a-z0-9]{1,20}", re.ASCII)


class SecretsError(Exception):
    """The secrets file is missing, unreadable or unfit; the message names it."""


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """The secrets of an installation: one key for each use, the sealing key named by its id.

    It never shows its keys, not even to a debugger's or a log's `repr`.
    """

    sealing_id: str
    sealing: bytes
    index: bytes
    tokens: bytes
    codes: bytes


_ring: list[KeyRing] = []


def use_ring(ring: KeyRing) -> None:
    """Make `ring` the one of this process."""
    _ring[:] = [ring]


def ring() -> KeyRing:
    """The key ring of this process; raises `SecretsError` before `use_ring`."""
    if not _ring:
        raise SecretsError("no key ring is loaded")
    return _ring[0]


def new_secrets() -> bytes:
    """The content of a fresh secrets file: JSON, random keys in base64."""
    keys = {name: _text(secrets.token_bytes(_KEY_BYTES)) for name in ("index", "tokens", "codes")}
    sealing = {"id": "k1", "key": _text(secrets.token_bytes(_KEY_BYTES))}
    return msgspec.json.format(msgspec.json.encode({"sealing": sealing, **keys}), indent=2)


def create_secrets(path: Path) -> None:
    """Write fresh secrets to a new file of mode 0600; an existing one is never overwritten."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(new_secrets())


def load_ring(path: Path) -> KeyRing:
    """Read a secrets file; raises `SecretsError` with the file's name."""
    try:
        raw: dict[str, Any] = msgspec.json.decode(path.read_bytes())
        keys = {name: _key(raw[name]) for name in ("index", "tokens", "codes")}
        sealing = raw["sealing"]
        return KeyRing(sealing_id=_key_id(sealing["id"]), sealing=_key(sealing["key"]), **keys)
    except OSError as error:
        raise SecretsError(f"cannot read the secrets file {path}: {error.strerror}") from None
    except (KeyError, TypeError, ValueError, msgspec.MsgspecError):
        raise SecretsError(f"the secrets file {path} is damaged or incomplete") from None


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _key(text: str) -> bytes:
    raw = base64.b64decode(text, validate=True)
    if len(raw) != _KEY_BYTES:
        raise ValueError("a key is 32 bytes")
    return raw


def _key_id(text: str) -> str:
    if not _KEY_ID.fullmatch(text):
        raise ValueError("a key id is a short word")
    return text


def seal(plain: str, table: str, column: str, row: UUID) -> bytes:
    """Seal a value for one row: key id, `:`, 12 bytes of nonce, ciphertext and tag."""
    keys = ring()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    data = f"{table}|{column}|{row}".encode()
    sealed = AESGCM(keys.sealing).encrypt(nonce, plain.encode(), data)
    return keys.sealing_id.encode() + b":" + nonce + sealed


def unseal(sealed: bytes, table: str, column: str, row: UUID) -> str:
    """Open a sealed value of this very row; raises `SecretsError` if key or row differ."""
    keys = ring()
    key_id, _, rest = sealed.partition(b":")
    data = f"{table}|{column}|{row}".encode()
    try:
        if key_id != keys.sealing_id.encode():
            raise SecretsError(f"{table}.{column} of {row} is sealed under a key not loaded here")
        return AESGCM(keys.sealing).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], data).decode()
    except (InvalidTag, ValueError):
        raise SecretsError(f"the sealed {table}.{column} of {row} does not open") from None


def blind_index(kind: str, value: str) -> bytes:
    """A keyed 32-byte index of a value, equal for equal values of one kind (`phone`, `id`)."""
    return hmac.new(ring().index, f"{kind}|{value}".encode(), hashlib.sha256).digest()
