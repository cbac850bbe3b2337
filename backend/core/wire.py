"""What crosses the wire: bodies that refuse unknown fields, views, and the page of a list."""

from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from msgspec import Meta, Struct

T = TypeVar("T")

NOT_BLANK = r"\S"
"""The pattern of a text that says something; fields.py puts it in words."""

Line = Annotated[str, Meta(min_length=1, max_length=200, pattern=NOT_BLANK)]
Text = Annotated[str, Meta(min_length=1, max_length=5000, pattern=NOT_BLANK)]
Fen = Annotated[int, Meta(ge=0, le=10**12, description="Money in fen (分), 0.01 yuan")]
Moment = Annotated[datetime, Meta(tz=True)]
"""A time with its zone; one without would be read in the server's own zone."""

Count = Annotated[int, Meta(ge=0, le=10**9)]


class Body(Struct, forbid_unknown_fields=True):
    """What a client sends; an unknown field is an error, not a surprise later."""


class View(Struct):
    """What a client gets."""


class Page(Struct, Generic[T]):
    """One page of a list; `next` is the cursor of the page after, null at the end."""

    items: list[T]
    next: str | None


class Problem(Struct):
    """An RFC 9457 problem; facts of the refusal stand beside these members."""

    type: str
    title: str
    status: int
    detail: str
    instance: str


Facts = dict[str, Any]
