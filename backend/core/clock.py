"""Time: one SQL function `linli_now()` for every process, and the demo clock behind it.

`linli_now()` is the database's `clock_timestamp()` plus a stored shift. Outside production the
shift may grow (`linli clock advance 3d`), never shrink; in production it must be zero.
"""

import re
from datetime import datetime, timedelta

from backend.core import audit
from backend.core.access import Actor
from backend.core.db import atomic, fetch_value
from backend.core.problems import Kind, Refusal

_UNITS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_LONGEST_STEP = timedelta(days=3_660)


class ClockIsReal(Refusal):
    """Production time is never shifted."""

    kind = Kind.FORBIDDEN
    code = "clock-is-real"
    zh = "正式环境不能调整时间。"
    en = "In production time cannot be moved."


class ClockStepInvalid(Refusal):
    """The demo clock moves forward only, by something like 3d, 12h or 30m."""

    kind = Kind.INVALID
    code = "clock-step-invalid"
    zh = "时间只能向前调整，例如 3d、12h、30m。"
    en = "The demo clock moves forward only, by something like 3d, 12h or 30m."


async def now() -> datetime:
    """The time by which everything is judged; ask after the lock is held."""
    at: datetime = await fetch_value("SELECT linli_now()")
    return at


async def shift() -> timedelta:
    """How far the demo clock stands ahead of the real one."""
    found: timedelta | None = await fetch_value("SELECT shift FROM clock_shift")
    return found or timedelta(0)


def parse_step(text: str) -> timedelta:
    """A step such as `3d` or `12h`; refuses zero, negative and unreadable ones."""
    match = re.fullmatch(r"(\d{1,6})([dhms])", text, re.ASCII)
    step = timedelta(seconds=int(match[1]) * _UNITS[match[2]]) if match else timedelta(0)
    if not timedelta(0) < step <= _LONGEST_STEP:
        raise ClockStepInvalid
    return step


async def advance_clock(step: timedelta, *, allowed: bool, actor: Actor | None = None) -> datetime:
    """Move the demo clock forward and say what time it is then; refused where time is real."""
    if not allowed:
        raise ClockIsReal
    if step <= timedelta(0):
        raise ClockStepInvalid
    async with atomic():
        await fetch_value("UPDATE clock_shift SET shift = shift + $1 RETURNING 1", step)
        await audit.record(
            "advance_clock", actor, subject=("clock", "1"), facts={"seconds": step.total_seconds()}
        )
        return await now()
