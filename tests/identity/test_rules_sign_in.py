"""Phones, codes, refresh tokens: decisions without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.identity import rules
from backend.identity.rules import Rotation, decide_rotation, is_code_accepted, parse_phone
from backend.identity.types import CodeFacts, CodesSent, SessionFacts

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["19900000001", "+8619900000001", " 199 0000 0001", "199-0000-0001", "+86 199 0000 0001"],
)
def test_spellings_of_one_phone(text: str) -> None:
    assert parse_phone(text) == "19900000001"


@pytest.mark.parametrize(
    "text",
    ["", "1990000000", "199000000011", "29900000001", "12900000001", "+119900000001",
     "008619900000001", "8619900000001", "１９９００００００００１", "1990000000a", "+86"],
)  # fmt: skip
def test_what_is_no_mainland_mobile(text: str) -> None:
    with pytest.raises(rules.PhoneInvalid):
        parse_phone(text)


@given(st.text(max_size=30))
def test_any_text_is_eleven_digits_or_refused(text: str) -> None:
    try:
        digits = parse_phone(text)
    except rules.PhoneInvalid:
        return
    assert digits.isascii()
    assert digits.isdigit()
    assert (len(digits), digits[0]) == (11, "1")


@pytest.mark.parametrize(
    ("sent", "retry_after_s"),
    [
        (CodesSent(1, 1, 1, 1, 1), 60),
        (CodesSent(0, 5, 5, 5, 5), 3600),
        (CodesSent(0, 4, 10, 4, 4), 86_400),
        (CodesSent(0, 0, 0, 100, 100), 600),
        (CodesSent(0, 0, 0, 0, 1000), 600),
    ],
)
def test_a_reached_limit_refuses(sent: CodesSent, retry_after_s: int) -> None:
    with pytest.raises(rules.TooManyCodes) as caught:
        rules.admit_code_request(sent, per_address_hour=100, per_hour=1000)
    assert caught.value.facts["retry_after_s"] == retry_after_s


def test_just_below_every_limit_is_admitted() -> None:
    rules.admit_code_request(CodesSent(0, 4, 9, 99, 999), per_address_hour=100, per_hour=1000)


@pytest.mark.parametrize(
    ("age_s", "tries", "used", "matches", "accepted"),
    [
        (0, 0, False, True, True),
        (299, 4, False, True, True),
        (300, 0, False, True, False),
        (0, 5, False, True, False),
        (0, 0, True, True, False),
        (0, 0, False, False, False),
    ],
)
def test_a_code_lives_five_minutes_and_five_tries(
    age_s: int, tries: int, used: bool, matches: bool, accepted: bool
) -> None:
    code = CodeFacts(AT + rules.CODE_LIFE, tries, used, matches)
    assert is_code_accepted(code, AT + timedelta(seconds=age_s)) is accepted


@pytest.mark.parametrize(
    ("current", "previous", "age_s", "revoked", "decision"),
    [
        (True, False, 0, False, Rotation.ROTATE),
        (True, False, 10**6, False, Rotation.ROTATE),
        (False, True, 0, False, Rotation.REPLAY),
        (False, True, 30, False, Rotation.REPLAY),
        (False, True, 31, False, Rotation.REUSE),
        (False, False, 0, False, Rotation.REUSE),
        (True, False, 0, True, Rotation.ENDED),
        (False, True, 0, True, Rotation.ENDED),
        (True, False, 30 * 86_400, False, Rotation.ENDED),
    ],
)
def test_what_a_refresh_token_leads_to(
    current: bool, previous: bool, age_s: int, revoked: bool, decision: Rotation
) -> None:
    session = SessionFacts(current, previous, AT, AT + timedelta(days=30), revoked)
    assert decide_rotation(session, AT + timedelta(seconds=age_s)) is decision


@pytest.mark.parametrize("failures", [0, 4])
def test_four_failures_are_borne(failures: int) -> None:
    rules.admit_staff_try(failures)


@pytest.mark.parametrize("failures", [5, 6, 100])
def test_five_failures_pause(failures: int) -> None:
    with pytest.raises(rules.StaffSignInPaused):
        rules.admit_staff_try(failures)


@pytest.mark.parametrize("ahead_s", [0, -1, -86_400])
def test_a_role_must_end_in_the_future(ahead_s: int) -> None:
    with pytest.raises(rules.RoleEndsInPast):
        rules.require_future_end(AT + timedelta(seconds=ahead_s), AT)
    rules.require_future_end(AT + timedelta(seconds=1), AT)
    rules.require_future_end(None, AT)
