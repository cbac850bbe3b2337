"""Decisions of indicators: which figure stands against which target."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from backend.indicators.types import Period, VolunteerCounts

NEAREST_YEARS = 1
FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2199, 12, 31)


def period_of(on: date, zone: str) -> Period:
    """The twelve months that end with the day `on`, that day included."""
    day = min(max(on, FIRST_DAY), LAST_DAY)
    place = ZoneInfo(zone)
    ends_at = datetime.combine(date.fromordinal(day.toordinal() + 1), time(), place)
    return Period(starts_at=_years_before(ends_at, NEAREST_YEARS), ends_at=ends_at)


def _years_before(moment: datetime, years: int) -> datetime:
    year = moment.year - years
    last_of_february = moment.month == 2 and moment.day == 29
    return moment.replace(year=year, day=28 if last_of_february else moment.day)


def fraction_of(target_key: str, counts: VolunteerCounts) -> tuple[int, int] | None:
    """Numerator and denominator of a target by its key (SS-11…13); None for an unknown one."""
    return {
        "volunteers_registered": (counts.registered, counts.permanent_residents),
        "volunteers_serving": (counts.serving, counts.registered),
        "volunteers_backbone": (counts.backbone, counts.registered),
    }.get(target_key)
