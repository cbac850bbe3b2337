"""What clients may send: every time has its zone, every text and list its bound."""

from collections.abc import Iterator
from typing import Any

from msgspec.inspect import (
    DateTimeType,
    DictType,
    ListType,
    StrType,
    StructType,
    type_info,
)

from backend.app.rooms import ROUTERS
from backend.core.wire import Body
from tests.house.sources import require_none


def _bodies(kind: type[Body] = Body) -> Iterator[type[Body]]:
    for one in kind.__subclasses__():
        if one.__module__.startswith("backend."):
            yield one
        yield from _bodies(one)


def _inside(found: Any) -> Iterator[Any]:
    """A type and the types it is made of; other bodies speak for themselves."""
    yield found
    for name in ("types", "item_types"):
        for one in getattr(found, name, ()):
            yield from _inside(one)
    for name in ("item_type", "key_type", "value_type"):
        if (one := getattr(found, name, None)) is not None:
            yield from _inside(one)


def _fields() -> Iterator[tuple[str, Any]]:
    assert ROUTERS
    for body in _bodies():
        found = type_info(body)
        assert isinstance(found, StructType)
        for field in found.fields:
            for inner in _inside(field.type):
                yield f"{body.__module__}.{body.__name__}.{field.name}", inner


def test_there_are_bodies() -> None:
    assert len(list(_fields())) > 20


def test_every_time_has_its_zone() -> None:
    """One without would be read in the server's own zone: use `wire.Moment`."""
    require_none(
        name for name, kind in _fields() if isinstance(kind, DateTimeType) and kind.tz is not True
    )


def test_every_text_and_list_has_its_bound() -> None:
    require_none(
        name
        for name, kind in _fields()
        if (isinstance(kind, StrType) and kind.max_length is None and kind.pattern is None)
        or (isinstance(kind, ListType | DictType) and kind.max_length is None)
    )
