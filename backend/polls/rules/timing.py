"""The hours of a motion: drafted, opened once, open until its last moment, closed once."""

from datetime import datetime

from backend.core.problems import Kind, Refusal
from backend.polls.types import MotionState


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


class MotionNotDue(Refusal):
    """Nobody is asked to decide before the hour that the notice announced."""

    kind = Kind.CONFLICT
    code = "motion-not-due"
    zh = "还没有到会议通知的开会时间，请到时间后再开始表决。"
    en = "The hour that the notice announced has not come; open the vote then."


class MotionAlreadyOpened(Refusal):
    """A motion opens once; what was frozen then stays."""

    kind = Kind.CONFLICT
    code = "motion-already-opened"
    zh = "该事项已经开始表决，不能重复开启。"
    en = "Voting on this was opened already."


class ResultNotReady(Refusal):
    """Nobody sees a count before the motion is closed."""

    kind = Kind.CONFLICT
    code = "result-not-ready"
    zh = "表决结束并计票之后才公布结果，此前任何人都看不到票数。"
    en = "The result is shown once voting is closed; nobody sees a count before."


def require_open(opens_at: datetime | None, closes_at: datetime | None, at: datetime) -> None:
    """`opens_at <= at < closes_at`; no opening means not open, no end means open until closed."""
    if opens_at is None or at < opens_at:
        raise MotionNotOpen(opens_at=opens_at)
    if closes_at is not None and at >= closes_at:
        raise MotionClosed(closes_at=closes_at)


def require_due(not_before: datetime | None, at: datetime) -> None:
    """Voting opens from the announced hour on."""
    if not_before is not None and at < not_before:
        raise MotionNotDue(not_before=not_before)


def require_unopened(opens_at: datetime | None, closed_at: datetime | None) -> None:
    """A draft is opened once, and a withdrawn one never."""
    if opens_at is not None:
        raise MotionAlreadyOpened(opens_at=opens_at)
    if closed_at is not None:
        raise MotionClosed(closes_at=closed_at)


def require_uncounted(opens_at: datetime | None, closed_at: datetime | None) -> None:
    """What is closed was opened, and is counted once; its time may still run or be over."""
    if opens_at is None:
        raise MotionNotOpen(opens_at=None)
    if closed_at is not None:
        raise MotionClosed(closes_at=closed_at)


def require_result(*, is_counted: bool) -> None:
    """No tally before closure, for no role."""
    if not is_counted:
        raise ResultNotReady


def decide_state(
    opens_at: datetime | None,
    closes_at: datetime | None,
    closed_at: datetime | None,
    at: datetime,
) -> MotionState:
    """The state that follows from the moments of a motion and the clock."""
    if closed_at is not None:
        return MotionState.CLOSED if opens_at is not None else MotionState.WITHDRAWN
    if opens_at is None or at < opens_at:
        return MotionState.DRAFT
    is_over = closes_at is not None and at >= closes_at
    return MotionState.ENDED if is_over else MotionState.OPEN
