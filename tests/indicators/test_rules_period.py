"""The twelve months that end with a day."""

from datetime import UTC, date, datetime

import pytest

from backend.indicators.rules import fraction_of, period_of
from backend.indicators.types import VolunteerCounts


def four_in_the_afternoon(year: int, month: int, day: int) -> datetime:
    """Midnight in Hefei, as UTC has it."""
    return datetime(year, month, day, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "starts", "ends"),
    [
        (date(2026, 11, 21), (2025, 11, 21), (2026, 11, 21)),
        (date(2024, 2, 28), (2023, 2, 27), (2024, 2, 28)),
        (date(2024, 2, 29), (2023, 2, 28), (2024, 2, 29)),
        (date(1, 1, 1), (1999, 1, 1), (2000, 1, 1)),
        (date(9999, 12, 31), (2198, 12, 31), (2199, 12, 31)),
    ],
)
def test_the_period_ends_with_the_day_in_the_places_zone(
    on: date, starts: tuple[int, int, int], ends: tuple[int, int, int]
) -> None:
    period = period_of(on, "Asia/Shanghai")
    assert period.ends_at == four_in_the_afternoon(*ends)
    assert period.starts_at == four_in_the_afternoon(*starts)


def test_each_target_has_its_fraction_and_an_unknown_one_has_none() -> None:
    counts = VolunteerCounts(1000, 120, 40, 3, 0, 0)
    assert fraction_of("volunteers_registered", counts) == (120, 1000)
    assert fraction_of("volunteers_serving", counts) == (40, 120)
    assert fraction_of("volunteers_backbone", counts) == (3, 120)
    assert fraction_of("something_else", counts) is None
