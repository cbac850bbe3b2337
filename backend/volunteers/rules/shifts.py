"""What a shift may look like when it is opened, and from when a list of shifts is read."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backend.core.problems import Kind, Malformed, Refusal
from backend.policies.types import PolicyPack, Volunteers
from backend.volunteers.types import Period

LONGEST = timedelta(hours=24)
FURTHEST = timedelta(days=366)


class ShiftPeriodInvalid(Refusal):
    """A shift lies ahead, within a year, lasts at most a day and longer than its break."""

    kind = Kind.INVALID
    code = "shift-period-invalid"
    zh = "班次时间有误：须在一年之内、尚未结束，时长不超过 24 小时，且长于休息时间。"
    en = "A shift ends in the future, starts within a year, lasts at most 24 h, outlasts its break."


class VolunteersNotRuled(Refusal):
    """The policy pack in force says nothing on hours, so none could be credited."""

    kind = Kind.CONFLICT
    code = "volunteers-not-ruled"
    zh = "本地现行政策没有志愿服务时长的规定，暂不能开设班次，请联系街道补充政策参数。"
    en = "The policy in force here does not rule volunteers' hours; ask the street to add it."


def require_period(period: Period, break_minutes: int, at: datetime) -> None:
    """Refuse a shift that is over, too long, too far away, or nothing but break."""
    length = period.end - period.start
    is_sound = timedelta(minutes=break_minutes) < length <= LONGEST
    if not is_sound or period.end <= at or period.start - at > FURTHEST:
        raise ShiftPeriodInvalid


def require_ruled(pack: PolicyPack) -> Volunteers:
    """The pack's group on volunteers, or a refusal where its document does not rule them."""
    if pack.volunteers is None:
        raise VolunteersNotRuled
    return pack.volunteers


def parse_from(text: str, zone: str) -> datetime:
    """A moment (RFC 3339) or the beginning of a day (ISO 8601) in the place's zone, in UTC.

    A plus sign of an offset arrives as a space where a client did not encode it.
    """
    try:
        if len(text) == len("2026-01-01"):
            day = datetime.combine(date.fromisoformat(text), time(), ZoneInfo(zone))
            return day.astimezone(UTC)
        moment = datetime.fromisoformat(text.replace(" ", "+"))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Malformed(reason="from") from None
