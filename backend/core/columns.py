"""Columns in the house's manner: ids from the application, references that never cascade."""

import uuid
from typing import Any

from piccolo.columns import UUID, ForeignKey, LazyTableReference, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from uuid_utils.compat import uuid7


def new_id() -> uuid.UUID:
    """A version 7 UUID: sorts by time of creation. Not for rows whose order must not leak."""
    return uuid7()


def key() -> UUID:
    """The primary key of an ordinary row; the action sets it with `new_id()`."""
    return UUID(primary_key=True, default=None)


def refers_to(
    table: str, *, column: str = "id", null: bool = False, index: bool = False
) -> ForeignKey[Any]:
    """A foreign key to a table of a room below, by class name; deleting the target is refused."""
    return ForeignKey(
        LazyTableReference(table, app_name="linli"),
        target_column=column,
        on_delete=OnDelete.restrict,
        on_update=OnUpdate.restrict,
        null=null,
        default=None,
        index=index,
    )


def place() -> ForeignKey[Any]:
    """The place that a row belongs to, by code."""
    return refers_to("Place", column="code", index=True)


def moment(*, null: bool = False) -> Timestamptz:
    """A moment in time, always given by the action from `linli_now()`."""
    return Timestamptz(default=None, null=null)


def word(length: int = 40, *, null: bool = False) -> Varchar:
    """A short word: a state, a kind, a code."""
    return Varchar(length=length, default=None, null=null)


def text(*, null: bool = False) -> Text:
    """Text that somebody wrote."""
    return Text(default=None, null=null)
