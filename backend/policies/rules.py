"""A pack is read strictly, found by place and day, and compared in integers, never in floats."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from backend.core.problems import Kind, Refusal
from backend.policies.types import (
    PackError,
    PolicyPack,
    Sourced,
)

_FIELD_IN_MESSAGE = re.compile(r"(?:unknown|required) field `([^`]+)`")


class NoPolicyInForce(Refusal):
    """No pack rules this place on that day, so there is no number to go by."""

    kind = Kind.CONFLICT
    code = "no-policy-in-force"
    zh = "{on} 当天本地没有生效的政策参数，暂时无法办理，请联系街道或区民政部门载入政策参数。"
    en = "No policy pack is in force here on {on}. Ask the street or district to load one."


def parse_pack(mapping: Mapping[str, Any]) -> PolicyPack:
    """Read a pack from a parsed TOML file.

    Raises `PackError` with the path of the first unfit key, such as `indicators[1].value.bound`.
    """
    try:
        return msgspec.convert(mapping, PolicyPack, strict=True)
    except msgspec.ValidationError as error:
        raise _describe(str(error)) from None


def pack_sha256(content: bytes) -> str:
    """The SHA-256 of the file as it lies on disk (hex): what calls and contracts pin."""
    return hashlib.sha256(content).hexdigest()


def choose_pack(
    packs: Iterable[PolicyPack], place_path: tuple[str, ...], on: date
) -> PolicyPack | None:
    """The pack that rules a place on a day: the nearest jurisdiction, then the newest document.

    `place_path` runs from the province down to the place itself. None when no pack rules there.
    """
    ruling = [p for p in packs if p.identity.jurisdiction in place_path and is_in_force(p, on)]
    return max(ruling, key=lambda pack: _precedence(pack, place_path), default=None)


def is_in_force(pack: PolicyPack, on: date) -> bool:
    """Whether the pack is valid on that day; first and last day are included."""
    return pack.identity.is_in_force(on)


def parameters_of(pack: PolicyPack) -> tuple[tuple[str, Sourced[Any]], ...]:
    """Every parameter of the pack with its path, in the order of the schema."""
    return tuple(_walk(pack, ""))


def _walk(node: object, path: str) -> Iterator[tuple[str, Sourced[Any]]]:
    if isinstance(node, Sourced):
        yield path, node
    elif isinstance(node, tuple):
        for index, item in enumerate(node):
            yield from _walk(item, f"{path}[{index}]")
    elif isinstance(node, msgspec.Struct):
        for field in node.__struct_fields__:
            yield from _walk(getattr(node, field), f"{path}.{field}".lstrip("."))


def _precedence(pack: PolicyPack, place_path: tuple[str, ...]) -> tuple[int, date, int, str]:
    identity = pack.identity
    depth = place_path.index(identity.jurisdiction)
    return depth, identity.valid_from, identity.version, identity.key


def _describe(message: str) -> PackError:
    """Turn msgspec's "reason - at `$.path`" into the path of the key and the reason."""
    reason, _, path = message.partition(" - at `$")
    field = _FIELD_IN_MESSAGE.search(reason)
    key = path.rstrip("`") + (f".{field[1]}" if field else "")
    return PackError(key.strip(".") or "pack", reason)
