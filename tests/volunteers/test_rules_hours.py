"""From presence to minutes: whole, never more than was given or than the window allows."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.policies.rules import parse_pack
from backend.settings import SEED_DIR
from backend.volunteers.rules import (
    check_in_window,
    clip,
    credited_minutes,
    hours_policy,
    ledger_of,
    minutes_between,
    service_day,
)
from backend.volunteers.rules.shifts import VolunteersNotRuled, require_ruled
from backend.volunteers.types import Capacity, HoursPolicy, Ledger, Period

PACK = parse_pack(tomllib.loads((SEED_DIR / "policies/shushan-2019.toml").read_text()))
SHUSHAN = hours_policy(require_ruled(PACK))
START = datetime(2026, 3, 7, 6, 0, tzinfo=UTC)
SHIFT = Period(START, START + timedelta(hours=2))


def minute(number: int, second: int = 0) -> datetime:
    """So many minutes after the shift's start."""
    return START + timedelta(minutes=number, seconds=second)


def credited(came: datetime, left: datetime, break_minutes: int = 0, today: int = 0) -> int:
    """Minutes under Shushan's policy."""
    return credited_minutes(Period(came, left), SHIFT, break_minutes, SHUSHAN, today)


def test_the_figures_are_the_packs() -> None:
    assert HoursPolicy(5, 15, 15, 15, 480, "00:00") == SHUSHAN
    with pytest.raises(VolunteersNotRuled):
        require_ruled(type(PACK)(identity=PACK.identity))


@pytest.mark.parametrize(
    ("came", "left", "break_minutes", "today", "minutes"),
    [
        (minute(0), minute(120), 0, 0, 120),
        (minute(0), minute(119, 59), 0, 0, 115),
        (minute(43), minute(120), 0, 0, 75),
        (minute(-15), minute(135), 0, 0, 150),
        (minute(-60), minute(600), 0, 0, 150),
        (minute(0), minute(120), 30, 0, 90),
        (minute(0), minute(20), 30, 0, 0),
        (minute(0), minute(14, 59), 0, 0, 0),
        (minute(0), minute(15), 0, 0, 15),
        (minute(0), minute(120), 0, 400, 80),
        (minute(0), minute(120), 0, 480, 0),
        (minute(0), minute(120), 0, 900, 0),
        (minute(200), minute(300), 0, 0, 0),
        (minute(60), minute(30), 0, 0, 0),
    ],
)
def test_credited_minutes(
    came: datetime, left: datetime, break_minutes: int, today: int, minutes: int
) -> None:
    assert credited(came, left, break_minutes, today) == minutes


def test_duty_is_no_volunteer_service() -> None:
    assert {capacity: ledger_of(capacity) for capacity in Capacity} == {
        Capacity.PARTY_WORKER: Ledger.DUTY,
        Capacity.SOCIAL_WORKER: Ledger.DUTY,
        Capacity.VOLUNTEER: Ledger.VOLUNTEER,
    }


# ------------------------------------------------------------------------- properties

moments = st.integers(-100_000, 100_000).map(lambda seconds: START + timedelta(seconds=seconds))
periods = st.tuples(moments, moments).map(lambda pair: Period(min(pair), max(pair)))
policies = st.builds(
    HoursPolicy,
    rounding_minutes=st.integers(1, 60),
    grace_before_minutes=st.integers(0, 60),
    grace_after_minutes=st.integers(0, 60),
    minimum_minutes=st.integers(0, 120),
    daily_cap_minutes=st.integers(1, 1440),
    day_starts_at=st.just("00:00"),
)
breaks, earlier = st.integers(0, 300), st.integers(0, 1000)


@given(periods, periods)
def test_clipping_twice_is_clipping_once(presence: Period, window: Period) -> None:
    clipped = clip(presence, window)
    assert clip(clipped, window) == clipped
    assert window.start <= clipped.start <= clipped.end <= window.end


@given(periods, periods)
def test_a_presence_inside_the_window_is_kept_whole(presence: Period, window: Period) -> None:
    around = Period(min(presence.start, window.start), max(presence.end, window.end))
    assert clip(presence, around) == presence


@given(periods, periods, breaks, policies, earlier)
def test_never_negative_never_more_than_window_presence_or_cap(
    presence: Period, shift: Period, break_minutes: int, policy: HoursPolicy, today: int
) -> None:
    minutes = credited_minutes(presence, shift, break_minutes, policy, today)
    assert 0 <= minutes <= minutes_between(check_in_window(shift, policy))
    assert minutes <= minutes_between(presence)
    assert minutes + today <= max(policy.daily_cap_minutes, today)


@given(periods, periods, breaks, policies, st.integers(0, 50_000))
def test_staying_longer_never_gives_less(
    presence: Period, shift: Period, pause: int, policy: HoursPolicy, more: int
) -> None:
    today = more % 600
    longer = replace(presence, end=presence.end + timedelta(seconds=more))
    earlier_in = replace(presence, start=presence.start - timedelta(seconds=more))
    minutes = credited_minutes(presence, shift, pause, policy, today)
    assert credited_minutes(longer, shift, pause, policy, today) >= minutes
    assert credited_minutes(earlier_in, shift, pause, policy, today) >= minutes
    assert credited_minutes(presence, shift, pause + 1, policy, today) <= minutes


@given(moments, st.sampled_from(["Asia/Shanghai", "Asia/Urumqi", "Europe/Berlin"]), st.times())
def test_a_moment_lies_in_its_service_day(at: datetime, zone: str, begins: object) -> None:
    day = service_day(at, zone, str(begins)[:5])
    assert day.start <= at < day.end
    assert timedelta(hours=22) < day.end - day.start < timedelta(hours=26)


@pytest.mark.parametrize(
    ("at", "begins", "start"),
    [
        ("2026-03-07T15:59:59Z", "00:00", "2026-03-06T16:00:00Z"),
        ("2026-03-07T16:00:00Z", "00:00", "2026-03-07T16:00:00Z"),
        ("2026-03-07T19:59:00Z", "04:00", "2026-03-06T20:00:00Z"),
        ("2026-03-07T20:00:00Z", "04:00", "2026-03-07T20:00:00Z"),
    ],
)
def test_the_service_day_begins_by_the_places_clock(at: str, begins: str, start: str) -> None:
    day = service_day(datetime.fromisoformat(at), "Asia/Shanghai", begins)
    assert day.start == datetime.fromisoformat(start)
