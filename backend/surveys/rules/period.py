"""The state of a survey follows from the clock; nobody flips it."""

from datetime import datetime, timedelta

from backend.core.problems import Kind, Refusal
from backend.surveys.types import Period, SurveyState

LONGEST_PERIOD = timedelta(days=366)
"""A bound of ours against a slip of the pen; no document names one."""


class QuestionnaireFrozen(Refusal):
    """What residents were asked does not change once they are being asked."""

    kind = Kind.CONFLICT
    code = "questionnaire-frozen"
    zh = "问卷已发布，题目不能再修改。如需调整，请新建一份问卷。"
    en = "The survey has been opened, so its questions are frozen. Make a new survey instead."


class SurveyAlreadyOpened(Refusal):
    """A survey is opened once."""

    kind = Kind.CONFLICT
    code = "survey-already-opened"
    zh = "问卷已经发布过，不能重复发布。"
    en = "The survey was opened before; it is opened once."


class SurveyNotOpen(Refusal):
    """A draft takes no answers and cannot be closed."""

    kind = Kind.CONFLICT
    code = "survey-not-open"
    zh = "问卷还没有发布，请先发布。"
    en = "The survey has not been opened yet."


class SurveyClosed(Refusal):
    """The survey has ended; what arrived before counts."""

    kind = Kind.CONFLICT
    code = "survey-closed"
    zh = "问卷已经截止，不再接收答卷。"
    en = "The survey has closed; no more answers are taken."


class ClosingTimeInvalid(Refusal):
    """The end lies in the future, at most a year away."""

    kind = Kind.INVALID
    code = "closing-time-invalid"
    zh = "截止时间须晚于现在，且不超过一年，请重新选择。"
    en = "The closing time must lie in the future, at most a year from now."


def decide_state(period: Period) -> SurveyState:
    """A survey is open from `opens_at` until just before `closes_at`."""
    if period.opens_at is None or period.closes_at is None or period.at < period.opens_at:
        return SurveyState.DRAFT
    return SurveyState.OPEN if period.at < period.closes_at else SurveyState.CLOSED


def require_draft(state: SurveyState) -> None:
    """The questionnaire changes only in a draft."""
    if state is not SurveyState.DRAFT:
        raise QuestionnaireFrozen


def require_unopened(state: SurveyState) -> None:
    """Only a draft is opened."""
    if state is not SurveyState.DRAFT:
        raise SurveyAlreadyOpened


def require_open(state: SurveyState) -> None:
    """Answers are taken, and a survey is closed, only while it is open."""
    if state is SurveyState.DRAFT:
        raise SurveyNotOpen
    if state is SurveyState.CLOSED:
        raise SurveyClosed


def require_closing_time(closes_at: datetime, at: datetime) -> None:
    """The end lies in the future, at most a year away."""
    if not at < closes_at <= at + LONGEST_PERIOD:
        raise ClosingTimeInvalid
