"""From presence to hours (服务时长), in whole minutes.

Decree 67 (志愿服务记录与证明出具办法) §5-10: hours actually given; §19: paid duty is no volunteer
service. Rounding, graces, minimum and cap are policy data.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backend.policies.types import Volunteers
from backend.volunteers.types import Capacity, HoursPolicy, Ledger, Period

_MINUTE = timedelta(minutes=1)


def hours_policy(volunteers: Volunteers) -> HoursPolicy:
    """The figures of a pack's group on volunteers, without their sources."""
    return HoursPolicy(
        rounding_minutes=volunteers.rounding_minutes.value,
        grace_before_minutes=volunteers.grace_before_minutes.value,
        grace_after_minutes=volunteers.grace_after_minutes.value,
        minimum_minutes=volunteers.minimum_minutes.value,
        daily_cap_minutes=volunteers.daily_cap_minutes.value,
        day_starts_at=volunteers.day_starts_at.value,
    )


def ledger_of(capacity: Capacity) -> Ledger:
    """Time of 党工 and 社工 is duty, never volunteer service (Decree 67 §19)."""
    return Ledger.VOLUNTEER if capacity is Capacity.VOLUNTEER else Ledger.DUTY


def check_in_window(shift: Period, policy: HoursPolicy) -> Period:
    """The shift widened by the policy's graces: setting up and clearing up are service too."""
    before = timedelta(minutes=policy.grace_before_minutes)
    return Period(shift.start - before, shift.end + timedelta(minutes=policy.grace_after_minutes))


def clip(presence: Period, window: Period) -> Period:
    """The part of a presence inside a window; an empty period at its edge where there is none."""
    start = min(max(presence.start, window.start), window.end)
    return Period(start, max(start, min(presence.end, window.end)))


def minutes_between(period: Period) -> int:
    """Whole minutes of a period, never rounded up, never negative."""
    return max(0, (period.end - period.start) // _MINUTE)


def credited_minutes(
    presence: Period, shift: Period, break_minutes: int, policy: HoursPolicy, credited_today: int
) -> int:
    """Minutes of one presence: clipped, less the break, rounded down, above the minimum, capped.

    `credited_today` is what the same ledger of this person got for the same service day so far.
    """
    inside = minutes_between(clip(presence, check_in_window(shift, policy)))
    net = max(0, inside - break_minutes)
    rounded = net - net % policy.rounding_minutes
    if rounded < policy.minimum_minutes:
        return 0
    return min(rounded, max(0, policy.daily_cap_minutes - credited_today))


def service_day(at: datetime, zone: str, day_starts_at: str) -> Period:
    """The service day that a moment belongs to, in UTC; the end belongs to the next one."""
    begins = time.fromisoformat(day_starts_at)
    local = at.astimezone(ZoneInfo(zone))
    day = local.date() if local.time() >= begins else local.date() - timedelta(days=1)
    start, end = (
        datetime.combine(each, begins, ZoneInfo(zone)).astimezone(UTC)
        for each in (day, day + timedelta(days=1))
    )
    return Period(start, end)
