"""The hours of a meeting: planned, noticed, in session from two hours before, closed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from backend.core.problems import Kind, Refusal
from backend.meetings.types import MeetingFacts, MeetingKind, MeetingMode, MeetingState
from backend.polls.types import MotionState, PresenceMode, VotingRule

DOORS_OPEN_BEFORE = timedelta(hours=2)
"""From then on people check in; earlier nobody has come to the meeting (到会)."""

LONGEST_AHEAD = timedelta(days=366)

_BODIES = {MeetingKind.REPRESENTATIVE_MEETING: "residents-representative-meeting"}


class MeetingNotAhead(Refusal):
    """A meeting is called for a moment ahead, within a year."""

    kind = Kind.INVALID
    code = "meeting-not-ahead"
    zh = "会议时间须晚于现在，且在一年之内，请重新选择时间。"
    en = "A meeting starts later than now and within a year; choose another time."


class RuleOfAnotherBody(Refusal):
    """The rule decides for another body than the one that meets."""

    kind = Kind.INVALID
    code = "rule-of-another-body"
    zh = "规则 {rule}（{title_zh}）不适用于这类会议，请选用对应的表决规则。"
    en = "Rule {rule} ({title_en}) is not for this kind of meeting; choose the one that is."


class AgendaFixed(Refusal):
    """What was not on the agenda of the notice is not decided in the meeting."""

    kind = Kind.CONFLICT
    code = "agenda-fixed"
    zh = "会议通知已经发出，议程不能再增加；新的事项请列入下次会议。"
    en = "Notice was given and the agenda is fixed; put new items on the next meeting's."


class AgendaEmpty(Refusal):
    """A notice says what will be discussed."""

    kind = Kind.CONFLICT
    code = "agenda-empty"
    zh = "议程还是空的，请先添加议程再发会议通知。"
    en = "The agenda is empty; add its items before you give notice."


class NoticeAlreadyGiven(Refusal):
    """Notice is given once; the roll was frozen with it."""

    kind = Kind.CONFLICT
    code = "notice-already-given"
    zh = "会议通知已经发出，名册已固定，不必重复发送。"
    en = "Notice was given already, and the roll is frozen."


class NoticeMissing(Refusal):
    """Before the notice there is no roll, so nobody can be present and nothing be put."""

    kind = Kind.CONFLICT
    code = "notice-missing"
    zh = "会议通知尚未发出，名册未固定；请先发出会议通知。"
    en = "No notice was given yet, so there is no roll; give notice first."


class MeetingNotBegun(Refusal):
    """Check-in opens two hours before the start."""

    kind = Kind.CONFLICT
    code = "meeting-not-begun"
    zh = "会议尚未开始，{begins_local} 起可以签到。"
    en = "The meeting has not begun; check-in opens at {begins_local}."


class MeetingClosed(Refusal):
    """After its closure nothing happens in a meeting any more."""

    kind = Kind.CONFLICT
    code = "meeting-closed"
    zh = "会议已经结束。"
    en = "The meeting is closed."


class CheckInCodeRefused(Refusal):
    """The code is none of this meeting, or older than 20 seconds."""

    kind = Kind.INVALID
    code = "check-in-code-refused"
    zh = "签到码不正确或已过期，请重新扫描会场屏幕上的二维码。"
    en = "This check-in code is wrong or has expired; scan the one on the screen again."


class StreamTicketRefused(Refusal):
    """A live stream opens with a fresh ticket of its own topic (60 seconds)."""

    kind = Kind.UNAUTHENTICATED
    code = "stream-ticket-refused"
    zh = "实时通道凭证无效或已过期，请重新获取。"
    en = "The stream ticket is wrong or has expired; ask for a new one."


class CheckInModeRefused(Refusal):
    """Somebody takes part another way than the meeting is held."""

    kind = Kind.INVALID
    code = "check-in-mode-refused"
    zh = "本次会议的召开方式为“{held_zh}”，不能按“{mode_zh}”签到。"
    en = "This meeting is held {held}; you cannot take part {mode}."


class MotionStillOpen(Refusal):
    """A meeting ends after its votes are counted."""

    kind = Kind.CONFLICT
    code = "motion-still-open"
    zh = "还有事项未计票，请先结束表决再结束会议。"
    en = "A vote is not closed yet; close it before the meeting."


_MODES_ZH = {
    MeetingMode.IN_PERSON: "现场",
    MeetingMode.ONLINE: "线上",
    MeetingMode.HYBRID: "线上线下结合",
}


def require_ahead(starts_at: datetime, at: datetime) -> None:
    """Later than now, and not farther than a year."""
    if not at < starts_at <= at + LONGEST_AHEAD:
        raise MeetingNotAhead


def require_body(rule: VotingRule, kind: MeetingKind) -> None:
    """The rule decides for the body that meets."""
    if rule.body != _BODIES[kind]:
        raise RuleOfAnotherBody(rule=rule.id, title_zh=rule.title_zh, title_en=rule.title_en)


def begins_at(starts_at: datetime) -> datetime:
    """When check-in opens: two hours before the start."""
    return starts_at - DOORS_OPEN_BEFORE


def decide_state(
    starts_at: datetime, noticed_at: datetime | None, closed_at: datetime | None, at: datetime
) -> MeetingState:
    """The state that follows from the moments of a meeting and the clock."""
    if closed_at is not None:
        return MeetingState.CLOSED
    if noticed_at is None:
        return MeetingState.DRAFT
    return MeetingState.IN_SESSION if at >= begins_at(starts_at) else MeetingState.NOTICED


def require_unnoticed(noticed_at: datetime | None, refusal: type[Refusal]) -> None:
    """What comes before the notice: the agenda, and the notice itself."""
    if noticed_at is not None:
        raise refusal


def require_noticed(meeting: MeetingFacts) -> None:
    """Notice was given and the meeting is not closed: motions may be put."""
    if meeting.noticed_at is None:
        raise NoticeMissing
    if meeting.closed_at is not None:
        raise MeetingClosed


def require_in_session(meeting: MeetingFacts, at: datetime) -> None:
    """People may check in: noticed, begun (two hours before its start), not closed."""
    require_noticed(meeting)
    begins = begins_at(meeting.starts_at)
    if at < begins:
        local = begins.astimezone(ZoneInfo(meeting.zone)).strftime("%Y-%m-%d %H:%M")
        raise MeetingNotBegun(begins_at=begins, begins_local=local)


def require_mode(held: MeetingMode, mode: PresenceMode) -> None:
    """One takes part the way the meeting is held; a hybrid one knows both."""
    if held is not MeetingMode.HYBRID and held.value != mode.value:
        taken = MeetingMode(mode.value)
        raise CheckInModeRefused(
            held=held.value, held_zh=_MODES_ZH[held], mode=mode.value, mode_zh=_MODES_ZH[taken]
        )


def require_code(*, is_right: bool) -> None:
    """The code on the screen now, or the one just before."""
    if not is_right:
        raise CheckInCodeRefused


def require_ticket(*, is_right: bool) -> None:
    """The ticket of this stream, not older than 60 seconds."""
    if not is_right:
        raise StreamTicketRefused


def attendance_words(marked_at: datetime, zone: str, *, repeated: bool) -> tuple[str, str]:
    """What somebody reads after scanning, the first time and again; Chinese and English."""
    local = marked_at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
    if repeated:
        return f"您已于 {local} 签到，无需重复。", f"You already checked in at {local}."
    return f"签到成功，时间 {local}。", f"You checked in at {local}."


def require_agenda(items: int) -> None:
    """A notice names at least one item."""
    if items < 1:
        raise AgendaEmpty


def require_counted(states: list[MotionState]) -> None:
    """No motion of the meeting is open or uncounted; drafts are withdrawn with it."""
    if MotionState.OPEN in states or MotionState.ENDED in states:
        raise MotionStillOpen
