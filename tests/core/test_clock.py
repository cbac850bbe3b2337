"""One time for everybody, and a demo clock that moves forward only."""

import contextlib
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core import clock
from backend.core.clock import ClockIsReal, ClockStepInvalid, advance_clock, parse_step
from backend.core.db import atomic, fetch, fetch_one, fetch_value
from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.people import People


async def test_now_is_the_real_time_in_utc_until_it_is_moved(db: None) -> None:
    at = await clock.now()
    assert at.utcoffset() == timedelta(0)
    assert abs(at - datetime.now(UTC)) < timedelta(seconds=5)
    await move_clock(timedelta(days=3))
    assert timedelta(days=3) <= await clock.now() - at < timedelta(days=3, seconds=5)
    assert await clock.shift() == timedelta(days=3)


async def test_time_goes_on_within_a_transaction(db: None) -> None:
    """`now()` of PostgreSQL stands still there; a deadline is tested after the lock is held."""
    async with atomic():
        first = await clock.now()
        await fetch("SELECT pg_sleep(0.01)")
        assert await clock.now() - first >= timedelta(milliseconds=10)


async def test_an_advance_is_audited(db: None) -> None:
    before = await clock.now()
    after = await advance_clock(timedelta(hours=5), allowed=True)
    assert after - before >= timedelta(hours=5)
    row = await fetch_one("SELECT facts, at FROM audit_events WHERE event = 'advance_clock'")
    assert row["facts"] == {"seconds": 18000.0}
    assert row["at"] >= after - timedelta(seconds=1)


@pytest.mark.parametrize("step", [timedelta(0), timedelta(days=-1)])
async def test_time_never_goes_back(db: None, step: timedelta) -> None:
    with pytest.raises(ClockStepInvalid):
        await advance_clock(step, allowed=True)
    assert await clock.shift() == timedelta(0)


async def test_the_database_refuses_a_shift_into_the_past_by_itself(db: None) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        async with atomic():
            await fetch("UPDATE clock_shift SET shift = interval '-1 second'")
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        async with atomic():
            await fetch("INSERT INTO clock_shift (id, shift) VALUES (2, interval '1 day')")


async def test_production_time_is_real(db: None) -> None:
    with pytest.raises(ClockIsReal):
        await advance_clock(timedelta(days=1), allowed=False)
    assert await fetch_value("SELECT shift FROM clock_shift") == timedelta(0)


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("3d", timedelta(days=3)),
        ("12h", timedelta(hours=12)),
        ("30m", timedelta(minutes=30)),
        ("10s", timedelta(seconds=10)),
        ("3660d", timedelta(days=3660)),
    ],
)
def test_steps_are_read(text: str, step: timedelta) -> None:
    assert parse_step(text) == step


@pytest.mark.parametrize("text", ["", "0d", "-3d", "3", "d", "3w", "1.5h", "3 d", "3661d", "٣d"])
def test_other_steps_are_refused(text: str) -> None:
    with pytest.raises(ClockStepInvalid):
        parse_step(text)


@given(st.text())
def test_any_text_is_a_positive_step_or_refused(text: str) -> None:
    with contextlib.suppress(ClockStepInvalid):
        assert timedelta(0) < parse_step(text) <= timedelta(days=3660)


async def test_only_the_administrator_moves_it_over_http(api: Api, people: People) -> None:
    path, body = "/v1/clock/advances", {"step": "3d"}
    before = await clock.now()
    await api.post(path, body, who=people.administrator)
    assert await clock.now() - before >= timedelta(days=3)
    for who in (people.eve, people.resident, people.social_worker):
        assert code_of(await api.post(path, body, who=who, expect=403)) == "not-permitted"
    problem = await api.post(path, {"step": "-3d"}, who=people.administrator, expect=422)
    assert code_of(problem) == "clock-step-invalid"
