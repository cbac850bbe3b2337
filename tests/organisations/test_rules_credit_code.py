"""Credit codes by GB 32100, and who is registered or filed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.organisations.rules import (
    CREDIT_CODE_SIGNS,
    CreditCodeInvalid,
    credit_check_character,
    decide_status,
    is_credit_code,
    parse_credit_code,
)
from backend.organisations.types import OrganisationStatus

KNOWN = ("91350100M000100Y43", "9144030071526726XG", "91110000802100433B")
"""The example of GB 32100-2015, and codes of two listed companies as they publish them."""

BODIES = st.builds(
    lambda kind, region, rest: kind + region + rest,
    st.text(CREDIT_CODE_SIGNS, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(CREDIT_CODE_SIGNS, min_size=9, max_size=9),
)


@pytest.mark.parametrize("code", KNOWN)
def test_known_codes_are_right(code: str) -> None:
    assert is_credit_code(code)


@pytest.mark.parametrize(
    ("why", "code"),
    [
        ("the check character is another", "91350100M000100Y44"),
        ("two digits changed places", "91351000M000100Y43"),
        ("17 characters", "91350100M000100Y4"),
        ("19 characters", "91350100M000100Y433"),
        ("an I, which the standard does not use", "9135010IM000100Y43"),
        ("a letter in the region", "9135010AM000100Y43"),
        ("full-width digits", "９1350100M000100Y43"),
        ("nothing", ""),
    ],
)
def test_wrong_codes_are_refused(why: str, code: str) -> None:
    assert not is_credit_code(code), why
    with pytest.raises(CreditCodeInvalid):
        parse_credit_code(code)


@given(BODIES)
def test_exactly_one_check_character_fits(body: str) -> None:
    fitting = [sign for sign in CREDIT_CODE_SIGNS if is_credit_code(body + sign)]
    assert fitting == [credit_check_character(body)]


@given(BODIES, st.data())
def test_one_wrong_character_is_always_noticed(body: str, data: st.DataObject) -> None:
    code = body + credit_check_character(body)
    place = data.draw(st.integers(0, 17))
    other = data.draw(st.sampled_from([sign for sign in CREDIT_CODE_SIGNS if sign != code[place]]))
    assert not is_credit_code(code[:place] + other + code[place + 1 :])


def test_blanks_hyphens_and_small_letters_are_read() -> None:
    assert parse_credit_code(" 91350100-m000100y-43 ") == "91350100M000100Y43"


@pytest.mark.rule("SS-02")
def test_with_a_code_it_is_registered_without_one_filed() -> None:
    assert decide_status("91350100M000100Y43") is OrganisationStatus.REGISTERED
    assert decide_status(None) is OrganisationStatus.FILED
