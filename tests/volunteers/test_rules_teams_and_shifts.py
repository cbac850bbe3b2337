"""Who registers where, who stands in a team, who gets a seat, and when the books are closed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.core.access import Grant, Role
from backend.core.problems import Malformed, Refusal
from backend.places.types import PlaceFacts, PlaceKind
from backend.volunteers.rules import (
    admit_attendance,
    admit_cancellation,
    admit_confirmation,
    admit_member,
    admit_sign_up,
    decide_community,
    parse_from,
    require_community,
    require_period,
    require_same_place,
    role_of,
    volunteer_number,
)
from backend.volunteers.types import Capacity, Period
from tests.volunteers.test_rules_check_in import END, GRACE, SECOND, SHIFT, START, WINDOW

HOME, AWAY, STREET = "340104-L01-C01", "340104-L02-C01", "340104-L01"


def refused(rule: Any, *args: Any, **facts: Any) -> str | None:
    """The code of the refusal, or None where the rule admits."""
    try:
        rule(*args, **facts)
    except Refusal as refusal:
        return refusal.code
    return None


def grants(*held: tuple[Role, str]) -> list[Grant]:
    """Roles at places."""
    return [Grant(role, code, f"/{code}/") for role, code in held]


# ------------------------------------------------------------------------- registration


def test_the_number_names_the_county_and_counts() -> None:
    path = "/340000/340100/340104/340104-L01/340104-L01-C01/"
    assert volunteer_number(path, 123) == "V-340104-000123"
    assert volunteer_number(path, 1_234_567) == "V-340104-1234567"
    with pytest.raises(ValueError, match="no county"):
        volunteer_number("/L01/", 1)


def test_where_somebody_lives_goes_before_where_she_works() -> None:
    assert decide_community(grants((Role.RESIDENT, HOME), (Role.SOCIAL_WORKER, AWAY))) == HOME
    assert decide_community(grants((Role.SOCIAL_WORKER, AWAY), (Role.REVIEWER, STREET))) == AWAY


@pytest.mark.parametrize(
    "held",
    [
        (),
        ((Role.REVIEWER, STREET),),
        ((Role.RESIDENT, HOME), (Role.RESIDENT, AWAY)),
        ((Role.SOCIAL_WORKER, HOME), (Role.PARTY_WORKER, AWAY)),
    ],
)
def test_no_community_is_guessed(held: tuple[tuple[Role, str], ...]) -> None:
    assert refused(decide_community, grants(*held)) == "volunteer-community-unclear"


def test_the_register_is_a_communitys() -> None:
    place = PlaceFacts(HOME, "清荷社区", PlaceKind.COMMUNITY, STREET, "/x/", "Asia/Shanghai")
    assert refused(require_community, place) is None
    street = replace(place, kind=PlaceKind.STREET)
    assert refused(require_community, street) == "volunteer-community-unclear"


# ------------------------------------------------------------------------- teams and seats


@pytest.mark.parametrize(
    ("capacity", "is_registered", "holds_role", "code"),
    [
        (Capacity.VOLUNTEER, True, False, None),
        (Capacity.VOLUNTEER, False, True, "not-a-volunteer"),
        (Capacity.PARTY_WORKER, False, True, None),
        (Capacity.PARTY_WORKER, True, False, "team-role-not-held"),
        (Capacity.SOCIAL_WORKER, True, False, "team-role-not-held"),
    ],
)
def test_members(
    capacity: Capacity, is_registered: bool, holds_role: bool, code: str | None
) -> None:
    facts = {"is_registered": is_registered, "holds_role": holds_role}
    assert refused(admit_member, capacity, **facts) == code
    assert role_of(capacity).value == capacity.value


def test_a_project_is_of_the_teams_place() -> None:
    assert refused(require_same_place, HOME, HOME) is None
    assert refused(require_same_place, AWAY, HOME) == "team-project-elsewhere"


@pytest.mark.parametrize(
    ("capacity", "held", "is_registered", "at", "code"),
    [
        (Capacity.VOLUNTEER, set(), True, START, None),
        (Capacity.VOLUNTEER, {Capacity.VOLUNTEER}, False, START, None),
        (Capacity.VOLUNTEER, set(), False, START, "capacity-not-held"),
        (Capacity.VOLUNTEER, {Capacity.SOCIAL_WORKER}, True, START, "duty-not-volunteering"),
        (Capacity.VOLUNTEER, {Capacity.PARTY_WORKER}, True, START, "duty-not-volunteering"),
        (Capacity.VOLUNTEER, set(Capacity), True, START, "duty-not-volunteering"),
        (Capacity.SOCIAL_WORKER, set(), True, START, "capacity-not-held"),
        (Capacity.SOCIAL_WORKER, {Capacity.VOLUNTEER}, True, START, "capacity-not-held"),
        (Capacity.SOCIAL_WORKER, {Capacity.SOCIAL_WORKER}, False, END - SECOND, None),
        (Capacity.SOCIAL_WORKER, set(Capacity), True, END, "sign-ups-closed"),
    ],
)
def test_sign_ups(
    capacity: Capacity, held: set[Capacity], is_registered: bool, at: datetime, code: str | None
) -> None:
    facts = {"held": held, "is_registered": is_registered, "ends_at": END, "at": at}
    assert refused(admit_sign_up, capacity, **facts) == code


@pytest.mark.parametrize(
    ("was_present", "at", "code"),
    [
        (False, START - SECOND, None),
        (False, START, "cancellation-too-late"),
        (True, START - SECOND, "cancellation-too-late"),
    ],
)
def test_cancellations(was_present: bool, at: datetime, code: str | None) -> None:
    assert refused(admit_cancellation, starts_at=START, was_present=was_present, at=at) == code


# ------------------------------------------------------------------------- shifts


@pytest.mark.parametrize(
    ("starts", "ends", "break_minutes", "is_sound"),
    [
        (60, 180, 0, True),
        (-60, 1, 0, True),
        (-60, 0, 0, False),
        (60, 60, 0, False),
        (180, 60, 0, False),
        (60, 120, 59, True),
        (60, 120, 60, False),
        (0, 24 * 60, 0, True),
        (0, 24 * 60 + 1, 0, False),
        (366 * 24 * 60, 366 * 24 * 60 + 60, 0, True),
        (366 * 24 * 60 + 1, 366 * 24 * 60 + 60, 0, False),
    ],
)
def test_periods(starts: int, ends: int, break_minutes: int, is_sound: bool) -> None:
    at = START
    period = Period(at + timedelta(minutes=starts), at + timedelta(minutes=ends))
    code = refused(require_period, period, break_minutes, at)
    assert code == (None if is_sound else "shift-period-invalid")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-07", "2026-03-06T16:00:00+00:00"),
        ("2026-03-07T06:00:00Z", "2026-03-07T06:00:00+00:00"),
        ("2026-03-07T14:00:00 08:00", "2026-03-07T06:00:00+00:00"),
        ("2026-03-07T06:00:00", "2026-03-07T06:00:00+00:00"),
    ],
)
def test_a_list_begins_on_a_day_or_at_a_moment(text: str, moment: str) -> None:
    assert parse_from(text, "Asia/Shanghai").isoformat() == moment


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "0001-01-01", "٢٠٢٦-٠٣-٠٧"])
def test_what_is_no_time_is_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        parse_from(text, "Asia/Shanghai")


# ------------------------------------------------------------------------- books


@pytest.mark.parametrize(
    ("at", "inside", "has_own", "code"),
    [
        (END, 0, False, None),
        (END - SECOND, 0, False, "shift-not-over"),
        (END, 1, False, "still-inside"),
        (END + GRACE, 1, False, "still-inside"),
        (END + GRACE + SECOND, 1, False, None),
        (END, 0, True, "own-hours"),
    ],
)
def test_confirmations(at: datetime, inside: int, has_own: bool, code: str | None) -> None:
    facts = {"inside": inside, "has_own": has_own}
    assert refused(admit_confirmation, SHIFT, WINDOW, at, **facts) == code
    done = replace(SHIFT, hours_confirmed_at=END)
    assert refused(admit_confirmation, done, WINDOW, at, **facts) == "hours-already-confirmed"


def test_attendance_is_open_from_the_start_until_it_is_evidence() -> None:
    closed = replace(SHIFT, hours_confirmed_at=datetime(2026, 3, 8, tzinfo=UTC))
    assert refused(admit_attendance, SHIFT, START - SECOND) == "shift-not-started"
    assert refused(admit_attendance, replace(SHIFT, attendees=3), START) is None
    assert refused(admit_attendance, closed, END) is None
    assert refused(admit_attendance, replace(closed, attendees=3), END) == "attendance-final"
