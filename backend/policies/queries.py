"""Reads of policies: packs never change once loaded, so a process parses each of them once."""

from datetime import date
from typing import Any

import msgspec

from backend.core.db import fetch, fetch_one
from backend.core.paging import decode_cursor, page_of
from backend.core.problems import NotFound
from backend.core.wire import Page
from backend.policies import rules
from backend.policies.schemas import ParameterView, PolicyLine, PolicyView
from backend.policies.types import PolicyPack

GET_PACK_IN_FORCE_REFUSES = (rules.NoPolicyInForce,)

_parsed: dict[tuple[str, str], PolicyPack] = {}

_LINE = "key_name, version, body->'identity'->'title' AS title, place_code, valid_from, valid_to,"


async def get_pack(key: str, version: str) -> PolicyPack:
    """The pack that a call, a contract or a target pinned; not found if it was never loaded."""
    known = _parsed.get((key, version))
    if known is not None:
        return known
    row = await fetch_one(
        "SELECT body FROM policy_packs WHERE key_name = $1 AND version = $2", key, version
    )
    if row is None:
        raise NotFound
    return _parsed.setdefault((key, version), rules.parse_pack(row["body"]))


async def get_pack_in_force(place_path: str, on: date) -> PolicyPack:
    """The pack that rules a place on a day: nearest jurisdiction, then newest document.

    `place_path` is the place's chain of codes, `/340000/…/`. Refuses with `NoPolicyInForce`.
    """
    codes = tuple(place_path.strip("/").split("/"))
    rows = await fetch(
        "SELECT key_name, version FROM policy_packs WHERE place_code = ANY($1)"
        " AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2)",
        list(codes),
        on,
    )
    packs = [await get_pack(row["key_name"], row["version"]) for row in rows]
    chosen = rules.choose_pack(packs, codes, on)
    if chosen is None:
        raise rules.NoPolicyInForce(on=on.isoformat())
    return chosen


def _line(row: Any, language: str) -> PolicyLine:
    return PolicyLine(
        key=row["key_name"],
        version=row["version"],
        title=row["title"]["en" if language == "en" else "zh"],
        place_code=row["place_code"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        sha256=row["sha256"],
    )


async def list_policies(language: str, limit: int, after: str | None) -> Page[PolicyLine]:
    """All packs that were loaded, by key and version."""
    key, version = decode_cursor(after, 2)
    rows = await fetch(
        f"SELECT {_LINE} sha256 FROM policy_packs WHERE $1::text IS NULL"
        " OR (key_name, length(version), version) > ($1, length($2::text), $2)"
        " ORDER BY key_name, length(version), version LIMIT $3",
        key,
        version,
        limit + 1,
    )
    return page_of(
        rows,
        limit,
        lambda row: _line(row, language),
        lambda row: (row["key_name"], row["version"]),
    )


async def get_policy(key: str, version: str, language: str) -> PolicyView:
    """A pack with every parameter and its source."""
    row = await fetch_one(
        f"SELECT {_LINE} sha256 FROM policy_packs WHERE key_name = $1 AND version = $2",
        key,
        version,
    )
    if row is None:
        raise NotFound
    pack = await get_pack(key, version)
    line = _line(row, language)
    return PolicyView(
        **{field: getattr(line, field) for field in line.__struct_fields__},
        document=pack.identity.document,
        note=pack.identity.note,
        parameters=[
            ParameterView(
                path=path,
                value=msgspec.to_builtins(parameter.value),
                source=parameter.source,
                clause=parameter.clause,
                principle=parameter.principle,
                note=parameter.note,
            )
            for path, parameter in rules.parameters_of(pack)
        ],
    )
