"""A parameter and the ground it stands on; a table of the file refuses unknown keys."""

from typing import Annotated, Generic, TypeVar

from msgspec import Meta, Struct

T = TypeVar("T")

RATIO_PATTERN = r"^(0|[1-9][0-9]{0,8})/[1-9][0-9]{0,8}$"
SOURCE_PATTERN = r"^(local|law|[A-Z]{2}-[0-9]{2}( [A-Z]{2}-[0-9]{2})*)$"

Ratio = Annotated[str, Meta(pattern=RATIO_PATTERN)]
Source = Annotated[str, Meta(pattern=SOURCE_PATTERN)]
Key = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, Meta(min_length=1)]
Count = Annotated[int, Meta(ge=1)]
WholeNumber = Annotated[int, Meta(ge=0)]

LOCAL = "local"
LAW = "law"


class Sourced(Struct, Generic[T], frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A parameter with the ground it stands on.

    `source` is row ids of rules.tsv ("SS-19 SS-27"), `law` (national law, article in `clause`)
    or `local` (no document names the number; `note` gives the reason). `principle` means 原则上.
    """

    value: T
    source: Source
    clause: str = ""
    principle: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        if self.source == LOCAL and (self.clause or not self.note):
            raise ValueError("a local parameter gives its reason in `note` and has no `clause`")
        if self.source != LOCAL and not self.clause:
            raise ValueError("a sourced parameter quotes its `clause`")

    @property
    def is_local(self) -> bool:
        """Whether no document names this value, so that `note` gives its reason."""
        return self.source == LOCAL

    @property
    def rule_ids(self) -> tuple[str, ...]:
        """The row ids in rules.tsv; empty for law and local parameters."""
        return () if self.source in {LOCAL, LAW} else tuple(self.source.split())


class Group(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of the file: no key that the schema does not know."""


class Label(Group, frozen=True):
    """A name or a description in both languages."""

    zh: Text
    en: Text


def require_unique(table: str, keys: list[str]) -> None:
    """Raise `ValueError` (with the table's name) when a key stands there twice."""
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ValueError(f"`{table}` has {', '.join(twice)} twice")
