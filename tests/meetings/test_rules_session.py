"""The hours of a meeting, and what a decision must name."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest

from backend.core.problems import Refusal
from backend.meetings import rules
from backend.meetings.types import (
    Decided,
    MeetingFacts,
    MeetingKind,
    MeetingMode,
    MeetingState,
    WayKind,
)
from backend.polls.types import MotionState, Outcome, PresenceMode

START = datetime(2026, 12, 1, 11, 0, tzinfo=UTC)
DOORS = START - timedelta(hours=2)
TICK = timedelta(microseconds=1)
BEFORE = START - timedelta(days=5)
MEETING = MeetingFacts(
    id=UUID(int=1),
    place_code="340104-L01-C01",
    path="/340000/340100/340104/340104-L01/340104-L01-C01/",
    zone="Asia/Shanghai",
    kind=MeetingKind.REPRESENTATIVE_MEETING,
    rule_id="RC-2",
    title="居民代表会议",
    venue="议事厅",
    mode=MeetingMode.IN_PERSON,
    starts_at=START,
    noticed_at=BEFORE,
    closed_at=None,
    roll_id=UUID(int=2),
)


@pytest.mark.parametrize(
    ("noticed_at", "closed_at", "at", "state"),
    [
        (None, None, START, MeetingState.DRAFT),
        (BEFORE, None, DOORS - TICK, MeetingState.NOTICED),
        (BEFORE, None, DOORS, MeetingState.IN_SESSION),
        (BEFORE, None, START + timedelta(days=9), MeetingState.IN_SESSION),
        (BEFORE, START, START, MeetingState.CLOSED),
    ],
)
def test_state_follows_from_the_moments(
    noticed_at: datetime | None, closed_at: datetime | None, at: datetime, state: MeetingState
) -> None:
    assert rules.decide_state(START, noticed_at, closed_at, at) is state


@pytest.mark.parametrize(
    ("meeting", "at", "refusal"),
    [
        (MEETING, DOORS, None),
        (MEETING, DOORS - TICK, rules.MeetingNotBegun),
        (replace(MEETING, noticed_at=None), START, rules.NoticeMissing),
        (replace(MEETING, closed_at=START), START, rules.MeetingClosed),
    ],
)
def test_people_check_in_from_two_hours_before_until_the_end(
    meeting: MeetingFacts, at: datetime, refusal: type[Refusal] | None
) -> None:
    if refusal is None:
        rules.require_in_session(meeting, at)
        return
    with pytest.raises(refusal):
        rules.require_in_session(meeting, at)


def test_who_comes_too_early_reads_the_local_hour() -> None:
    with pytest.raises(rules.MeetingNotBegun) as refused:
        rules.require_in_session(MEETING, BEFORE)
    assert refused.value.sentence("zh-CN") == "会议尚未开始，2026-12-01 17:00 起可以签到。"


@pytest.mark.parametrize(
    ("held", "mode", "allowed"),
    [
        (MeetingMode.IN_PERSON, PresenceMode.IN_PERSON, True),
        (MeetingMode.IN_PERSON, PresenceMode.ONLINE, False),
        (MeetingMode.ONLINE, PresenceMode.ONLINE, True),
        (MeetingMode.ONLINE, PresenceMode.IN_PERSON, False),
        (MeetingMode.HYBRID, PresenceMode.ONLINE, True),
        (MeetingMode.HYBRID, PresenceMode.IN_PERSON, True),
    ],
)
def test_one_takes_part_the_way_the_meeting_is_held(
    held: MeetingMode, mode: PresenceMode, allowed: bool
) -> None:
    if allowed:
        rules.require_mode(held, mode)
        return
    with pytest.raises(rules.CheckInModeRefused):
        rules.require_mode(held, mode)


@pytest.mark.parametrize(
    ("shift", "allowed"),
    [
        (timedelta(0), False),
        (TICK, True),
        (timedelta(days=366), True),
        (timedelta(days=366) + TICK, False),
    ],
)
def test_a_meeting_is_ahead_and_within_a_year(shift: timedelta, allowed: bool) -> None:
    if allowed:
        rules.require_ahead(BEFORE + shift, BEFORE)
        return
    with pytest.raises(rules.MeetingNotAhead):
        rules.require_ahead(BEFORE + shift, BEFORE)


def test_the_farthest_moments_are_refused_and_not_an_error() -> None:
    east, west = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))
    for extreme in (datetime(1, 1, 1, tzinfo=east), datetime(9999, 12, 31, 23, tzinfo=west)):
        with pytest.raises(rules.MeetingNotAhead):
            rules.require_ahead(extreme, BEFORE)
        with pytest.raises(rules.DueNotAhead):
            rules.require_due(extreme, BEFORE)


@pytest.mark.parametrize("state", [MotionState.OPEN, MotionState.ENDED])
def test_a_meeting_ends_after_its_votes(state: MotionState) -> None:
    rules.require_counted([MotionState.CLOSED, MotionState.WITHDRAWN])
    with pytest.raises(rules.MotionStillOpen):
        rules.require_counted([MotionState.CLOSED, state])


@pytest.mark.parametrize("outcome", [None, Outcome.NOT_PASSED, Outcome.NO_QUORUM])
def test_only_what_passed_is_a_decision(outcome: Outcome | None) -> None:
    rules.require_passed(Outcome.PASSED)
    with pytest.raises(rules.MotionNotPassed):
        rules.require_passed(outcome)


@pytest.mark.parametrize(("min_days", "days"), [(None, 15), (3, 15), (15, 15), (20, 20)])
def test_a_decision_is_public_for_fifteen_days_or_the_rules(
    min_days: int | None, days: int
) -> None:
    assert rules.publish_days(min_days) == days


def test_the_published_words_carry_the_figures() -> None:
    decided = Decided("居民代表会议", "是否同意？", 37, 25, 20, 3, 1)
    words = rules.resolution_words(
        decided, "开展晚间照料。", WayKind.FUND, responsible="居委会", due_on=date(2027, 3, 1)
    )
    assert "应到 37 人，实到 25 人，同意 20 人，反对 3 人，弃权 1 人，未投票 1 人，" in words
    assert words.endswith("责任方：居委会\n完成期限：2027-03-01")
    assert "专项基金" in words


def test_who_scans_twice_reads_since_when() -> None:
    first, _ = rules.attendance_words(START, "Asia/Shanghai", repeated=False)
    again, again_en = rules.attendance_words(START, "Asia/Shanghai", repeated=True)
    assert first == "签到成功，时间 2026-12-01 19:00。"
    assert again == "您已于 2026-12-01 19:00 签到，无需重复。"
    assert again_en == "You already checked in at 2026-12-01 19:00."
