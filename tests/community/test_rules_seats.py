"""Who may sit in a body: decisions without a database."""

from datetime import UTC, date, datetime

import pytest

from backend.community.rules import NotAResident, day_at, decide_role_start, require_resident

HEFEI = "Asia/Shanghai"


def test_a_resident_may_sit() -> None:
    require_resident(is_resident=True)


def test_others_may_not() -> None:
    with pytest.raises(NotAResident):
        require_resident(is_resident=False)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 3, 7, 15, 59, 59, tzinfo=UTC), date(2026, 3, 7)),
        (datetime(2026, 3, 7, 16, tzinfo=UTC), date(2026, 3, 8)),
    ],
)
def test_the_day_is_the_places(at: datetime, day: date) -> None:
    assert day_at(HEFEI, at) == day
    for begun in (date.min, day):
        assert decide_role_start(begun, HEFEI, at) is None
    assert decide_role_start(date(2026, 3, 9), HEFEI, at) == datetime(2026, 3, 8, 16, tzinfo=UTC)
