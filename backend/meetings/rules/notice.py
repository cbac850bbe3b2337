"""Notice before a meeting: how many days, by the calendar of the place."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from backend.core.problems import Kind, Refusal
from backend.polls.types import VotingRule


class NoticeTooShort(Refusal):
    """Residents were told too late (居委会法 §26, 物业管理条例: owners 15 days)."""

    kind = Kind.INVALID
    code = "notice-too-short"
    zh = "须提前 {days_needed} 天通知，最早可于 {earliest} 召开；请改期后重新召集会议。"
    en = "Notice of {days_needed} days is needed: call the meeting again for {earliest} or later."


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


def notice_words(
    title: str, venue: str, starts_at: datetime, zone: str, agenda: Sequence[str]
) -> tuple[str, str]:
    """What those on the roll read in their inbox, Chinese and English."""
    local = starts_at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
    items = "；".join(f"{number}. {item}" for number, item in enumerate(agenda, 1))
    zh = f"您是会议组成人员。定于 {local} 在{venue}召开{title}。议程：{items}。请准时到会签到。"
    en = f"You sit in this meeting: {title}, {local}, {venue}. Agenda: {items}. Please check in."
    return zh, en
