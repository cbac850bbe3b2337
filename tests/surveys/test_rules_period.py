"""State follows from the clock."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from backend.surveys.rules import (
    ClosingTimeInvalid,
    QuestionnaireFrozen,
    SurveyAlreadyOpened,
    SurveyClosed,
    SurveyNotOpen,
    decide_answered_at,
    decide_state,
    require_closing_time,
    require_draft,
    require_open,
    require_unopened,
)
from backend.surveys.types import Period, SurveyState

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
DRAFT, OPEN, CLOSED = SurveyState


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "expected"),
    [
        (None, None, DRAFT),
        (AT + SECOND, AT + DAY, DRAFT),
        (AT, AT + DAY, OPEN),
        (AT - DAY, AT + SECOND, OPEN),
        (AT - DAY, AT, CLOSED),
        (AT - DAY, AT - SECOND, CLOSED),
    ],
)
def test_open_from_the_opening_until_just_before_the_end(
    opens_at: datetime | None, closes_at: datetime | None, expected: SurveyState
) -> None:
    assert decide_state(Period(opens_at, closes_at, AT)) is expected


def test_each_state_allows_its_own() -> None:
    require_draft(DRAFT)
    require_unopened(DRAFT)
    require_open(OPEN)
    for state in (OPEN, CLOSED):
        with pytest.raises(QuestionnaireFrozen):
            require_draft(state)
        with pytest.raises(SurveyAlreadyOpened):
            require_unopened(state)
    with pytest.raises(SurveyNotOpen):
        require_open(DRAFT)
    with pytest.raises(SurveyClosed):
        require_open(CLOSED)


@pytest.mark.parametrize(
    ("closes_at", "fits"),
    [
        (AT, False),
        (AT + SECOND, True),
        (AT + 366 * DAY, True),
        (AT + 366 * DAY + SECOND, False),
        (datetime.min.replace(tzinfo=timezone(10 * timedelta(hours=1))), False),
        (datetime.max.replace(tzinfo=timezone(-10 * timedelta(hours=1))), False),
    ],
)
def test_the_end_lies_within_a_year(closes_at: datetime, fits: bool) -> None:
    if fits:
        require_closing_time(closes_at, AT)
    else:
        with pytest.raises(ClosingTimeInvalid):
            require_closing_time(closes_at, AT)


@pytest.mark.parametrize(
    ("claimed", "kept"),
    [
        (AT - 30 * DAY, AT - 30 * DAY),
        (AT + timedelta(minutes=5), AT + timedelta(minutes=5)),
        (AT + DAY + SECOND, AT),
        (datetime(1999, 12, 31, tzinfo=UTC), AT),
        (datetime.min.replace(tzinfo=timezone(10 * timedelta(hours=1))), AT),
    ],
)
def test_a_plainly_wrong_clock_gives_way(claimed: datetime, kept: datetime) -> None:
    assert decide_answered_at(claimed, AT) == kept
