"""Reading scalar values out of a TOML table, strictly, naming the path of what is wrong."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from backend.polls.types import Span

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

_MISSING = object()


class Table:
    """A TOML table that is read key by key; `done()` refuses whatever nobody asked for."""

    def __init__(self, value: object, path: str) -> None:
        if not isinstance(value, Mapping):
            raise ValueError(f"{path}: a table is needed")  # noqa: TRY004  one error for all data
        self._left = dict(value)
        self.path = path

    def take(self, key: str, default: object = _MISSING) -> object:
        """The raw value of a key, which counts as read."""
        value = self._left.pop(key, default)
        if value is _MISSING:
            raise ValueError(f"{self.path}.{key}: missing")
        return value

    def has(self, key: str) -> bool:
        """Whether a key stands there unread."""
        return key in self._left

    def fail(self, key: str, need: str) -> ValueError:
        """The error to raise for a key."""
        return ValueError(f"{self.path}.{key}: {need}")

    def text(self, key: str, default: str | None = None) -> str:
        """A non-empty string, or the default where the key is absent."""
        value = self.take(key, _MISSING if default is None else default)
        if not isinstance(value, str) or (not value.strip() and value != default):
            raise self.fail(key, "a non-empty text is needed")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self.take(key, default)
        if not isinstance(value, bool):
            raise self.fail(key, "true or false is needed")
        return value

    def whole(self, key: str, least: int) -> int:
        """A whole number of at least `least`."""
        value = self.take(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise self.fail(key, f"a whole number of at least {least} is needed")
        return value

    def whole_or_none(self, key: str, least: int) -> int | None:
        """A whole number, or nothing where the key is absent."""
        return self.whole(key, least) if key in self._left else None

    def day(self, key: str) -> date:
        """A TOML date without a time."""
        value = self.take(key)
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self.fail(key, "a date is needed")
        return value

    def day_or_none(self, key: str) -> date | None:
        """A TOML date, or nothing where the key is absent."""
        return self.day(key) if key in self._left else None

    def fraction(self, key: str) -> tuple[int, int]:
        """A fraction such as "2/3": above 0, at most 1."""
        num, slash, den = self.text(key).partition("/")
        plain = all(part.isascii() and part.isdecimal() for part in (num, den))
        if not slash or not plain or not 0 < int(num) <= int(den):
            raise self.fail(key, 'a fraction above 0 and at most 1, such as "2/3", is needed')
        return int(num), int(den)

    def one_of(self, key: str, kind: type[E], default: E | None = None) -> E:
        """A member of an enum, by its value."""
        return self._member(key, kind, self.take(key, _MISSING if default is None else default))

    def some_of(
        self, key: str, kind: type[E], default: tuple[E, ...] | None = None
    ) -> tuple[E, ...]:
        """A list of different members of an enum."""
        found = [self._member(key, kind, value) for value in self._list(key, default)]
        if len(set(found)) != len(found):
            raise self.fail(key, "each may stand once")
        return tuple(found)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of non-empty texts; absent is empty."""
        found = self._list(key, ())
        if not all(isinstance(value, str) and value.strip() for value in found):
            raise self.fail(key, "a list of texts is needed")
        return tuple(str(value) for value in found)

    def tables(self, key: str, read: Callable[["Table"], T]) -> tuple[T, ...]:
        """A list of tables, each read to its last key; absent is empty."""
        found = []
        for index, value in enumerate(self._list(key, ())):
            table = Table(value, f"{self.path}.{key}[{index}]")
            found.append(read(table))
            table.done()
        return tuple(found)

    def table_or_none(self, key: str, read: Callable[["Table"], T]) -> T | None:
        """One table read to its last key, or nothing where the key is absent."""
        if key not in self._left:
            return None
        table = Table(self.take(key), f"{self.path}.{key}")
        found = read(table)
        table.done()
        return found

    def done(self) -> None:
        """Refuse keys that nobody asked for: a misspelt parameter must not pass in silence."""
        if self._left:
            raise ValueError(f"{self.path}.{min(map(str, self._left))}: unknown key")

    def _list(self, key: str, default: tuple[object, ...] | None) -> list[object]:
        value = self.take(key, _MISSING if default is None else list(default))
        if not isinstance(value, list):
            raise self.fail(key, "a list is needed")
        return value

    def _member(self, key: str, kind: type[E], value: object) -> E:
        for member in kind:
            if member.value == value:
                return member
        raise self.fail(key, f"one of {', '.join(member.value for member in kind)} is needed")


def read_span(table: Table) -> Span:
    """A closed range `{least, most}` of whole numbers from 1."""
    span = Span(table.whole("least", 1), table.whole("most", 1))
    if span.least > span.most:
        raise table.fail("most", "must not be below least")
    return span
