"""Cursor paging: a page ends with the key of its last row, and the next one starts after it."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

import msgspec
from litestar.params import Parameter

from backend.core.problems import Malformed
from backend.core.wire import Page

Row = TypeVar("Row")
Item = TypeVar("Item")

Limit = Annotated[int, Parameter(ge=1, le=100, description="How many items, at most 100")]
After = Annotated[
    str | None, Parameter(max_length=400, description="The `next` of the page before")
]


def encode_cursor(*key: str) -> str:
    """An opaque cursor of a row's sort key."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def decode_cursor(after: str | None, width: int) -> tuple[str | None, ...]:
    """The key inside a cursor, `width` parts; all None for the first page, 400 if unreadable."""
    if after is None:
        return (None,) * width
    try:
        raw = base64.urlsafe_b64decode(after + "=" * (-len(after) % 4))
        key = msgspec.json.decode(raw, type=list[str])
    except (ValueError, binascii.Error, msgspec.MsgspecError):
        raise Malformed(reason="after") from None
    if len(key) != width or any("\x00" in part for part in key):
        raise Malformed(reason="after")
    return tuple(key)


def page_of(
    rows: Sequence[Row],
    limit: int,
    view: Callable[[Row], Item],
    key: Callable[[Row], tuple[Any, ...]],
) -> Page[Item]:
    """A page of at most `limit` items from `limit + 1` fetched rows."""
    shown = rows[:limit]
    following = encode_cursor(*map(str, key(shown[-1]))) if len(rows) > limit else None
    return Page(items=[view(row) for row in shown], next=following)
