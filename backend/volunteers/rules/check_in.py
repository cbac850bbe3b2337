"""Checking in and out by the rotating code of a shift (trust.md §2); server time alone counts."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from backend.core.problems import Kind, Refusal
from backend.volunteers.rules.confirmation import HoursAlreadyConfirmed
from backend.volunteers.rules.words import clock_words
from backend.volunteers.types import (
    Direction,
    Period,
    PresenceFacts,
    ScanNote,
    ShiftFacts,
    Step,
)

LIVE_SKEW = timedelta(minutes=2)
_OLDEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class ShiftCodeRefused(Refusal):
    """The code is another shift's, another direction's, older than 20 seconds, or none of ours."""

    kind = Kind.INVALID
    code = "shift-code-refused"
    zh = "签到码无效或已过期，请重新扫描现场屏幕上的二维码。"
    en = "This code is not valid or has expired; scan the one on the screen again."


class NotSignedUp(Refusal):
    """Only who holds a seat checks in."""

    kind = Kind.CONFLICT
    code = "not-signed-up"
    zh = "您没有报名本班次，请先报名。"
    en = "You have no seat in this shift; sign up first."


class CheckInNotOpen(Refusal):
    """Entries open with the policy's grace before the shift."""

    kind = Kind.CONFLICT
    code = "shift-check-in-not-open"
    zh = "签到尚未开始，请于 {opens_local} 之后再扫码。"
    en = "Check-in opens at {opens_local}."


class CheckInClosed(Refusal):
    """Entries and exits close with the policy's grace after the shift."""

    kind = Kind.CONFLICT
    code = "shift-check-in-closed"
    zh = "本班次的签到签退已于 {closed_local} 截止，请联系带队人员。"
    en = "Check-in and check-out of this shift closed at {closed_local}; ask the team's leader."


class AlreadyInside(Refusal):
    """A person is present at one shift at a time."""

    kind = Kind.CONFLICT
    code = "already-inside"
    zh = "您正在另一班次（{title}）中，请先在那里签退。"
    en = "You are checked in at another shift ({title}); check out there first."
    constraint = "shift_sessions_open_once"

    def sentence(self, language: str) -> str:
        """Whole without the title too: a violated constraint brings none."""
        if self.facts.get("title"):
            return super().sentence(language)
        if language == "en":
            return "You are checked in at another shift; check out there first."
        return "您正在另一班次中，请先在那里签退。"


class AlreadyLeft(Refusal):
    """One presence a person and shift: after checking out nobody comes back in."""

    kind = Kind.CONFLICT
    code = "already-left"
    zh = "您已于 {left_local} 签退，本班次不能再次签到。"
    en = "You checked out of this shift at {left_local} and cannot check in again."
    constraint = "shift_sessions_once"

    def sentence(self, language: str) -> str:
        """Whole without the time too: a violated constraint brings none."""
        if self.facts.get("left_local"):
            return super().sentence(language)
        if language == "en":
            return "You checked out of this shift and cannot check in again."
        return "您已签退，本班次不能再次签到。"


class NotInside(Refusal):
    """Nobody checks out who did not check in."""

    kind = Kind.CONFLICT
    code = "not-inside"
    zh = "您还没有签到，不能签退，请先扫签到码或联系带队人员。"
    en = "You have not checked in, so you cannot check out; ask the team's leader."


def code_event(shift_id: UUID, direction: Direction) -> str:
    """What a rotating code stands for: entry and exit of each shift have codes of their own."""
    return f"shift|{shift_id}|{direction.value}"


def require_code(*, is_current: bool) -> None:
    """Refuse whatever is not the code of this moment or of the step before."""
    if not is_current:
        raise ShiftCodeRefused


def decide_scan(
    direction: Direction, shift: ShiftFacts, window: Period, presence: PresenceFacts, at: datetime
) -> Step:
    """Enter, leave, or nothing new; a second scan of one direction is no error.

    Entries are taken within the window, exits until its end however early the entry was.
    """
    if presence.capacity is None:
        raise NotSignedUp
    here = presence.here
    if direction is Direction.OUT and here is None:
        raise NotInside
    if here is not None and direction is Direction.IN and here.out_at is not None:
        raise AlreadyLeft(left_local=clock_words(here.out_at, shift.zone), left_at=here.out_at)
    if here is not None and (direction is Direction.IN) is (here.out_at is None):
        return Step.REPEAT
    _require_open(direction, shift, window, at)
    if direction is Direction.OUT:
        return Step.LEAVE
    _require_nowhere_else(presence, at)
    return Step.ENTER


def _require_open(direction: Direction, shift: ShiftFacts, window: Period, at: datetime) -> None:
    if direction is Direction.IN and at < window.start:
        opens = clock_words(window.start, shift.zone)
        raise CheckInNotOpen(opens_local=opens, opens_at=window.start)
    if at > window.end:
        raise CheckInClosed(closed_local=clock_words(window.end, shift.zone), closed_at=window.end)
    if shift.hours_confirmed_at is not None:
        raise HoursAlreadyConfirmed


def _require_nowhere_else(presence: PresenceFacts, at: datetime) -> None:
    """Somebody who forgot to check out elsewhere is kept out only while she still could there."""
    other = presence.elsewhere
    if other is not None and at <= other.window_ends_at:
        raise AlreadyInside(title=other.title, shift_id=other.shift_id)


def kept_client_time(scanned_at: datetime | None, at: datetime) -> datetime | None:
    """The phone's own time, to stand beside the server's; None where it is absent or absurd."""
    if scanned_at is None or abs(scanned_at - at) > _LATEST - _OLDEST:
        return None
    return scanned_at.astimezone(UTC) if _OLDEST <= scanned_at < _LATEST else None


def note_of(step: Step, scanned_at: datetime | None, at: datetime) -> ScanNote:
    """What the log says of an accepted scan: repeated, from a phone with a wrong clock, or fine."""
    if step is Step.REPEAT:
        return ScanNote.REPEATED
    is_skewed = scanned_at is not None and abs(scanned_at - at) > LIVE_SKEW
    return ScanNote.CLOCK_SKEW if is_skewed else ScanNote.OK
