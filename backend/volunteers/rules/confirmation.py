"""Closing the books of a shift: people reached (到场人数) and confirmed hours (时长确认)."""

from datetime import datetime

from backend.core.problems import Kind, Refusal
from backend.volunteers.types import Period, ShiftFacts


class ShiftNotStarted(Refusal):
    """Nobody was reached before the shift began."""

    kind = Kind.CONFLICT
    code = "shift-not-started"
    zh = "班次尚未开始，开始后再登记到场人数。"
    en = "The shift has not started; record attendees once it has."


class AttendanceFinal(Refusal):
    """People reached stand as evidence of the project once the hours were confirmed."""

    kind = Kind.CONFLICT
    code = "attendance-final"
    zh = "到场人数已计入项目佐证，不能再修改。"
    en = "The attendees count as evidence of the project and stay as they are."


class ShiftNotOver(Refusal):
    """Hours are confirmed after the shift ended."""

    kind = Kind.CONFLICT
    code = "shift-not-over"
    zh = "班次尚未结束，结束后再确认时长。"
    en = "The shift is not over; confirm the hours after it."


class StillInside(Refusal):
    """Somebody can still check out, and would lose her hours."""

    kind = Kind.CONFLICT
    code = "still-inside"
    zh = "还有 {people} 人未签退。请等他们签退，或在签退截止后再确认时长。"
    en = "{people} people have not checked out yet; wait for them or for the end of check-out."


class HoursAlreadyConfirmed(Refusal):
    """The hours of a shift are confirmed once, and nothing is added to them afterwards."""

    kind = Kind.CONFLICT
    code = "hours-already-confirmed"
    zh = "本班次的时长已经确认。"
    en = "The hours of this shift are confirmed already."


class OwnHours(Refusal):
    """A person does not confirm her own hours."""

    kind = Kind.FORBIDDEN
    code = "own-hours"
    zh = "本班次含您本人的时长，不能由您自己确认，请由其他工作人员确认。"
    en = "Your own hours are among these; another member of staff confirms them."


def admit_attendance(shift: ShiftFacts, at: datetime) -> None:
    """Attendees are counted from the start of the shift until they are evidence."""
    if at < shift.starts_at:
        raise ShiftNotStarted
    if shift.hours_confirmed_at is not None and shift.attendees is not None:
        raise AttendanceFinal


def admit_confirmation(
    shift: ShiftFacts, window: Period, at: datetime, *, inside: int, has_own: bool
) -> None:
    """Confirm once, after the shift, when nobody can add to it, and never one's own hours."""
    if shift.hours_confirmed_at is not None:
        raise HoursAlreadyConfirmed
    if at < shift.ends_at:
        raise ShiftNotOver
    if inside and at <= window.end:
        raise StillInside(people=inside)
    if has_own:
        raise OwnHours
