"""Notice before a meeting, and the hours in which a motion is open."""

from datetime import date, datetime, timedelta

from backend.core.problems import Kind, Refusal
from backend.polls.types import VotingRule


class NoticeTooShort(Refusal):
    """Residents were told too late (居委会法 §26, 物业管理条例: owners 15 days)."""

    kind = Kind.INVALID
    code = "notice-too-short"
    zh = "须提前 {days_needed} 天通知；最早可于 {earliest} 召开。"
    en = "Notice of {days_needed} days is needed; the earliest day is {earliest}."


class MotionNotOpen(Refusal):
    """Voting has not begun."""

    kind = Kind.CONFLICT
    code = "motion-not-open"
    zh = "表决尚未开始。"
    en = "Voting on this has not begun."


class MotionClosed(Refusal):
    """Voting has ended; the last moment itself is outside."""

    kind = Kind.CONFLICT
    code = "motion-closed"
    zh = "表决已经结束。"
    en = "Voting on this has ended."


def notice_days_of(rule: VotingRule, special_reason: str | None) -> int:
    """Days of notice; shorter only in special cases with the reason on record (居委会法 §26)."""
    has_reason = bool(special_reason and special_reason.strip())
    if has_reason and rule.notice_days_special is not None:
        return rule.notice_days_special
    return rule.notice_days or 0


def require_notice(
    rule: VotingRule, notice_on: date, starts_on: date, special_reason: str | None = None
) -> None:
    """The meeting starts at least so many days after the notice.

    Both are days of the place's calendar. The day of the notice does not count (民法典 §201), the
    day of the meeting does: notice on the 1st with 10 days allows the 11th.
    """
    if isinstance(notice_on, datetime) or isinstance(starts_on, datetime):
        raise TypeError("days are needed: a moment falls on different days in different zones")
    days = notice_days_of(rule, special_reason)
    earliest = notice_on + timedelta(days=days)
    if starts_on < earliest:
        raise NoticeTooShort(days_needed=days, earliest=earliest)


def require_open(opens_at: datetime | None, closes_at: datetime | None, at: datetime) -> None:
    """`opens_at <= at < closes_at`; no opening means not open, no end means open until closed."""
    if opens_at is None or at < opens_at:
        raise MotionNotOpen(opens_at=opens_at)
    if closes_at is not None and at >= closes_at:
        raise MotionClosed(closes_at=closes_at)
