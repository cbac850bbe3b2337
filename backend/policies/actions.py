"""Writes of policies: loading pack files, each version once and for ever."""

import tomllib
from collections.abc import Sequence
from typing import Any

from backend.core import audit, clock
from backend.core.columns import new_id
from backend.core.db import atomic, fetch_one, fetch_value
from backend.policies import rules
from backend.policies.types import PackError, PolicyPack


async def load_packs(files: Sequence[tuple[str, bytes]]) -> int:
    """Load pack files (name, TOML); returns how many were new. Loading the same again is harmless.

    Raises `PackError`, and keeps nothing, when a file is unfit, when its jurisdiction is no known
    place, or when the version was loaded with another content before.
    """
    async with atomic():
        return sum([await _load_pack(name, content) for name, content in files])


async def _load_pack(name: str, content: bytes) -> bool:
    body, pack = _read(name, content)
    identity, sha256 = pack.identity, rules.pack_sha256(content)
    known_place = await fetch_value("SELECT 1 FROM places WHERE code = $1", identity.jurisdiction)
    if known_place is None:
        raise PackError(f"{name}: identity.jurisdiction", "no such place is loaded")
    is_new = await fetch_one(
        "INSERT INTO policy_packs (id, key_name, version, title, place_code, valid_from, valid_to,"
        " body, sha256, loaded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        " ON CONFLICT (key_name, version) DO NOTHING RETURNING 1",
        new_id(),
        identity.key,
        str(identity.version),
        identity.title.zh,
        identity.jurisdiction,
        identity.valid_from,
        identity.valid_to,
        body,
        sha256,
        await clock.now(),
    )
    if is_new is None:
        await _require_same(name, pack, sha256)
        return False
    subject = ("policy_pack", f"{identity.key}/{identity.version}")
    await audit.record(
        "load_packs",
        None,
        subject=subject,
        place_code=identity.jurisdiction,
        facts={"sha256": sha256},
    )
    return True


def _read(name: str, content: bytes) -> tuple[dict[str, Any], PolicyPack]:
    """The file as a mapping and as a pack; every error names the file."""
    try:
        body = tomllib.loads(content.decode())
        return body, rules.parse_pack(body)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(name, str(error)) from None
    except PackError as error:
        raise PackError(f"{name}: {error.key}", error.reason) from None


async def _require_same(name: str, pack: PolicyPack, sha256: str) -> None:
    loaded = await fetch_value(
        "SELECT sha256 FROM policy_packs WHERE key_name = $1 AND version = $2",
        pack.identity.key,
        str(pack.identity.version),
    )
    if loaded != sha256:
        raise PackError(
            f"{name}: identity.version",
            "this version was loaded with another content; what rules a running programme never"
            " changes, so give the new content a new version",
        )
