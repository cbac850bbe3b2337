"""Which step a scan leads to, and when it is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from backend.core.problems import Refusal
from backend.volunteers.rules import (
    AlreadyInside,
    AlreadyLeft,
    clock_words,
    code_event,
    decide_scan,
    kept_client_time,
    note_of,
    require_code,
    say_step,
)
from backend.volunteers.types import (
    Capacity,
    Direction,
    ElsewhereFacts,
    Ledger,
    Period,
    PresenceFacts,
    ScanNote,
    SessionFacts,
    ShiftFacts,
    Step,
)

ID, OTHER = UUID(int=1), UUID(int=2)
START = datetime(2026, 3, 7, 6, 0, tzinfo=UTC)
END = START + timedelta(hours=2)
GRACE = timedelta(minutes=15)
WINDOW = Period(START - GRACE, END + GRACE)
SECOND = timedelta(seconds=1)
SHIFT = ShiftFacts(
    id=ID,
    team_id=ID,
    place_code="340104-L01-C01",
    path="/340000/340100/340104/340104-L01/340104-L01-C01/",
    zone="Asia/Shanghai",
    project_id=None,
    starts_at=START,
    ends_at=END,
    break_minutes=0,
    attendees=None,
    policy_key="shushan-2019",
    policy_version="1",
    hours_confirmed_at=None,
)
SEATED = PresenceFacts(Capacity.VOLUNTEER, None, None)
INSIDE = replace(SEATED, here=SessionFacts(ID, START, None))
GONE = replace(SEATED, here=SessionFacts(ID, START, END))
NO_SEAT = PresenceFacts(None, None, None)
ELSEWHERE = replace(SEATED, elsewhere=ElsewhereFacts(ID, OTHER, "理发", END))
IN, OUT = Direction.IN, Direction.OUT


@pytest.mark.parametrize(
    ("direction", "presence", "at", "step"),
    [
        (IN, SEATED, START - GRACE, Step.ENTER),
        (IN, SEATED, END + GRACE, Step.ENTER),
        (IN, INSIDE, START + SECOND, Step.REPEAT),
        (IN, INSIDE, END + timedelta(days=1), Step.REPEAT),
        (IN, ELSEWHERE, END + SECOND, Step.ENTER),
        (OUT, INSIDE, START - timedelta(days=1), Step.LEAVE),
        (OUT, INSIDE, END + GRACE, Step.LEAVE),
        (OUT, GONE, END + timedelta(days=1), Step.REPEAT),
    ],
)
def test_steps(direction: Direction, presence: PresenceFacts, at: datetime, step: Step) -> None:
    assert decide_scan(direction, SHIFT, WINDOW, presence, at) is step


@pytest.mark.parametrize(
    ("direction", "presence", "at", "code"),
    [
        (IN, NO_SEAT, START, "not-signed-up"),
        (OUT, NO_SEAT, START, "not-signed-up"),
        (IN, SEATED, START - GRACE - SECOND, "shift-check-in-not-open"),
        (IN, SEATED, END + GRACE + SECOND, "shift-check-in-closed"),
        (IN, GONE, END, "already-left"),
        (IN, ELSEWHERE, END, "already-inside"),
        (OUT, SEATED, END, "not-inside"),
        (OUT, INSIDE, END + GRACE + SECOND, "shift-check-in-closed"),
    ],
)
def test_refusals(direction: Direction, presence: PresenceFacts, at: datetime, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        decide_scan(direction, SHIFT, WINDOW, presence, at)
    assert refused.value.code == code
    assert all("{" not in refused.value.sentence(language) for language in ("en", "zh-CN"))


@pytest.mark.parametrize(("direction", "presence"), [(IN, SEATED), (OUT, INSIDE)])
def test_confirmed_hours_stay_as_they_are(direction: Direction, presence: PresenceFacts) -> None:
    confirmed = replace(SHIFT, hours_confirmed_at=END)
    with pytest.raises(Refusal, match="hours-already-confirmed"):
        decide_scan(direction, confirmed, WINDOW, presence, END + SECOND)


def test_a_lost_race_reads_like_the_rule() -> None:
    assert AlreadyInside.constraint
    assert AlreadyLeft.constraint
    inside, left = AlreadyInside(), AlreadyLeft()
    assert inside.sentence("zh-CN") == "您正在另一班次中，请先在那里签退。"
    assert inside.sentence("en") == "You are checked in at another shift; check out there first."
    assert left.sentence("zh-CN") == "您已签退，本班次不能再次签到。"
    assert left.sentence("en") == "You checked out of this shift and cannot check in again."


def test_the_rule_names_the_other_shift_and_the_time() -> None:
    inside = AlreadyInside(title="理发")
    assert inside.sentence("zh-CN") == "您正在另一班次（理发）中，请先在那里签退。"
    assert " another shift (理发); " in inside.sentence("en")
    left = AlreadyLeft(left_local="2026-03-07 15:00")
    assert left.sentence("zh-CN") == "您已于 2026-03-07 15:00 签退，本班次不能再次签到。"
    assert " at 2026-03-07 15:00 " in left.sentence("en")


def test_only_the_current_code_is_taken() -> None:
    require_code(is_current=True)
    with pytest.raises(Refusal, match="shift-code-refused"):
        require_code(is_current=False)
    events = {code_event(shift, direction) for shift in (ID, OTHER) for direction in Direction}
    assert len(events) == 4


@pytest.mark.parametrize(
    ("client", "note"),
    [
        (None, ScanNote.OK),
        (START + timedelta(minutes=2), ScanNote.OK),
        (START - timedelta(minutes=2, seconds=1), ScanNote.CLOCK_SKEW),
        (datetime(2099, 1, 1, tzinfo=UTC), ScanNote.CLOCK_SKEW),
    ],
)
def test_a_phone_with_a_wrong_clock_is_noted(client: datetime | None, note: ScanNote) -> None:
    assert note_of(Step.ENTER, client, START) is note
    assert note_of(Step.REPEAT, client, START) is ScanNote.REPEATED
    assert kept_client_time(client, START) == client


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "1999-12-31T00:00:00Z"]
)
def test_absurd_client_times_are_dropped(text: str) -> None:
    assert kept_client_time(datetime.fromisoformat(text), START) is None


def test_the_screen_speaks_the_places_time() -> None:
    when = clock_words(START, "Asia/Shanghai")
    assert when == "2026-03-07 14:00"
    assert "无需重复" in say_step(Step.REPEAT, IN, when, None, Ledger.VOLUNTEER)[0]
    assert "签到成功" in say_step(Step.ENTER, IN, when, None, Ledger.VOLUNTEER)[0]
    zh, en = say_step(Step.LEAVE, OUT, when, 75, Ledger.DUTY)
    assert "在岗时长 75 分钟" in zh
    assert "75 minutes of duty time" in en
