"""Decisions of meetings, by topic."""

from backend.meetings.rules.composition import CompositionUnlawful, require_composition
from backend.meetings.rules.notice import (
    NoticeTooShort,
    notice_days_of,
    notice_words,
    require_notice,
)
from backend.meetings.rules.resolutions import (
    DueNotAhead,
    MotionNotPassed,
    ResolutionAlreadyAdopted,
    publish_days,
    require_due,
    require_passed,
    resolution_words,
    step_words,
)
from backend.meetings.rules.session import (
    AgendaEmpty,
    AgendaFixed,
    CheckInCodeRefused,
    CheckInModeRefused,
    MeetingClosed,
    MeetingNotAhead,
    MeetingNotBegun,
    MotionStillOpen,
    NoticeAlreadyGiven,
    NoticeMissing,
    RuleOfAnotherBody,
    StreamTicketRefused,
    attendance_words,
    begins_at,
    decide_state,
    require_agenda,
    require_ahead,
    require_body,
    require_code,
    require_counted,
    require_in_session,
    require_mode,
    require_noticed,
    require_ticket,
    require_unnoticed,
)
from backend.meetings.rules.topics import TopicAlreadySupported

__all__ = [
    "AgendaEmpty", "AgendaFixed", "CheckInCodeRefused", "CheckInModeRefused", "CompositionUnlawful",
    "DueNotAhead", "MeetingClosed", "MeetingNotAhead", "MeetingNotBegun", "MotionNotPassed",
    "MotionStillOpen", "NoticeAlreadyGiven", "NoticeMissing", "NoticeTooShort",
    "ResolutionAlreadyAdopted", "RuleOfAnotherBody", "StreamTicketRefused", "TopicAlreadySupported",
    "attendance_words", "begins_at", "decide_state",
    "notice_days_of", "notice_words", "publish_days", "require_agenda", "require_ahead",
    "require_body", "require_code", "require_composition", "require_counted", "require_due",
    "require_in_session", "require_mode", "require_notice", "require_noticed", "require_passed",
    "require_ticket", "require_unnoticed", "resolution_words", "step_words",
]  # fmt: skip
