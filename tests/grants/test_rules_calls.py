"""Under which pack, for which need, with whose money, and when a call is open."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.grants.rules import (
    CallNotClosed,
    CallNotOpen,
    CallPeriodInvalid,
    CapAbovePolicy,
    FundElsewhere,
    NeedDeclined,
    NeedElsewhere,
    PolicyNotInForceHere,
    PolicyWithoutGrants,
    admit_cap,
    admit_fund,
    admit_need,
    admit_period,
    decide_state,
    require_closed,
    require_grants,
    require_open,
)
from backend.grants.types import CallFacts, CallState
from backend.needs.types import NeedCategory, NeedFacts, NeedState
from tests.grants.packs import GRANTS, PACK

DISTRICT, STREET = "/340000/340100/340104/", "/340000/340100/340104/340104-L01/"
COMMUNITY, OTHER = f"{STREET}340104-L01-C01/", "/340000/340100/340104/340104-L02/"
TODAY = date(2026, 6, 1)
OPENS = datetime(2026, 6, 1, tzinfo=UTC)
CALL = CallFacts(
    id=uuid4(),
    place_code="340104-L01",
    path=STREET,
    zone="Asia/Shanghai",
    fund_id=uuid4(),
    need_id=uuid4(),
    policy_key="shushan-2019",
    policy_version="1",
    title="傍晚照护微创投",
    cap_fen=5_000_000,
    opens_at=OPENS,
    closes_at=OPENS + timedelta(days=10),
    is_awarded=False,
)
MINUTES = st.integers(-1_000, 20_000).map(lambda minutes: OPENS + timedelta(minutes=minutes))


def need(path: str, state: NeedState = NeedState.RAISED) -> NeedFacts:
    """A need of a place."""
    return NeedFacts(uuid4(), "x", path, "傍晚照护", state, NeedCategory.ELDERLY, 40)


def test_a_pack_rules_its_jurisdiction_while_it_is_in_force() -> None:
    assert require_grants(PACK, STREET, TODAY) == GRANTS
    with pytest.raises(PolicyNotInForceHere):
        require_grants(PACK, "/320000/320500/320583/", TODAY)
    with pytest.raises(PolicyNotInForceHere):
        require_grants(PACK, STREET, date(2018, 12, 31))


def test_a_pack_without_grants_opens_no_call() -> None:
    with pytest.raises(PolicyWithoutGrants):
        require_grants(msgspec.structs.replace(PACK, grants=None), STREET, TODAY)


def test_the_cap_stays_within_the_packs_limit() -> None:
    admit_cap(5_000_000, GRANTS)
    with pytest.raises(CapAbovePolicy) as refusal:
        admit_cap(5_000_001, GRANTS)
    assert refusal.value.sentence("zh-CN") == (
        "每个项目的上限不得高于政策包规定的 50,000.00 元，请调低上限。"
    )


def test_a_fund_pays_at_its_place_and_below() -> None:
    for place in (STREET, COMMUNITY):
        admit_fund(STREET, place)
    for place in (DISTRICT, OTHER):
        with pytest.raises(FundElsewhere):
            admit_fund(STREET, place)


def test_a_call_answers_needs_of_its_place_and_below() -> None:
    for place in (STREET, COMMUNITY):
        admit_need(need(place), STREET)
    for place in (DISTRICT, OTHER):
        with pytest.raises(NeedElsewhere):
            admit_need(need(place), STREET)


def test_a_declined_need_gets_no_call() -> None:
    with pytest.raises(NeedDeclined):
        admit_need(need(STREET, NeedState.DECLINED), STREET)


@given(opens_at=MINUTES, closes_at=MINUTES, at=MINUTES)
def test_an_admitted_call_will_be_open(
    opens_at: datetime, closes_at: datetime, at: datetime
) -> None:
    call = replace(CALL, opens_at=opens_at, closes_at=closes_at)
    try:
        admit_period(opens_at, closes_at, at)
    except CallPeriodInvalid:
        assert closes_at <= opens_at or closes_at <= at
    else:
        assert decide_state(call, max(opens_at, at)) is CallState.OPEN


def test_a_mistyped_year_is_noticed() -> None:
    admit_period(OPENS, OPENS + timedelta(days=366), OPENS)
    with pytest.raises(CallPeriodInvalid):
        admit_period(OPENS, OPENS + timedelta(days=366, seconds=1), OPENS)


@given(MINUTES)
def test_a_call_is_never_open_and_closed_at_once(at: datetime) -> None:
    state = decide_state(CALL, at)
    for require, fits, refusal in (
        (require_open, state is CallState.OPEN, CallNotOpen),
        (require_closed, state is CallState.CLOSED, CallNotClosed),
    ):
        if fits:
            require(CALL, at)
        else:
            with pytest.raises(refusal):
                require(CALL, at)


def test_the_bounds_belong_to_the_later_state() -> None:
    second = timedelta(seconds=1)
    assert decide_state(CALL, CALL.opens_at - second) is CallState.UPCOMING
    assert decide_state(CALL, CALL.opens_at) is CallState.OPEN
    assert decide_state(CALL, CALL.closes_at - second) is CallState.OPEN
    assert decide_state(CALL, CALL.closes_at) is CallState.CLOSED
    assert decide_state(replace(CALL, is_awarded=True), CALL.closes_at) is CallState.AWARDED
