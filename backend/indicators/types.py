"""Values of indicators: a figure is a numerator over a denominator, never a bare percentage."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Period:
    """The twelve months that end with a day, as moments in the place's own zone."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class VolunteerCounts:
    """Volunteers of a place at the end of a period; people, and minutes of service."""

    permanent_residents: int
    registered: int
    serving: int
    backbone: int
    volunteer_minutes: int
    duty_minutes: int


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise "every …" (SS-04): its names, and the statement that says what is covered.

    The statement takes a place's path and a moment, and gives id, title and `covered`.
    """

    key: str
    kind: str
    zh: str
    en: str
    sql: str
