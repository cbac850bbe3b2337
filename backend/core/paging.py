"""Cursor paging: a page ends with the key of its last row, and the next one starts after it."""

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

import msgspec
from litestar.params import QueryParameter

from backend.core.problems import Malformed
from backend.core.wire import Page

Row = TypeVar("Row")
Item = TypeVar("Item")

Limit = Annotated[int, QueryParameter(ge=1, le=100, description="How many items, at most 100")]
After = Annotated[
    str | None, QueryParameter(max_length=400, description="The `next` of the page before")
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


def decode_newest(after: str | None) -> tuple[datetime | None, UUID | None]:
    """The moment and id inside the cursor of a list that shows the newest first."""
    moment, row_id = decode_cursor(after, 2)
    if moment is None or row_id is None:
        return None, None
    try:
        return datetime.fromisoformat(moment).astimezone(UTC), UUID(row_id)
    except (ValueError, OverflowError):
        raise Malformed(reason="after") from None


def decode_id_cursor(after: str | None) -> UUID | None:
    """The id inside the cursor of a list that is ordered by id; None for the first page."""
    (last,) = decode_cursor(after, 1)
    try:
        return None if last is None else UUID(last)
    except ValueError:
        raise Malformed(reason="after") from None


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
