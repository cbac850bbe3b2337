"""How a need moves on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.needs.rules import NeedDeclined, NeedNotAnswered, decide_state, may_move
from backend.needs.types import NeedState, Step

S = NeedState
WAY = [S.RAISED, S.GROUPED, S.ANSWERED, S.DELIVERED, S.RATED]
NEWS = [Step.TOPIC_PROPOSED, Step.DECIDED, Step.CALL_OPENED, Step.AWARDED, Step.PROJECT_STARTED]
LEGAL = {
    (S.RAISED, S.GROUPED),
    (S.RAISED, S.ANSWERED),
    (S.RAISED, S.DECLINED),
    (S.GROUPED, S.ANSWERED),
    (S.GROUPED, S.DECLINED),
    (S.ANSWERED, S.DELIVERED),
    (S.DELIVERED, S.RATED),
}


@pytest.mark.parametrize("now", NeedState)
@pytest.mark.parametrize("then", NeedState)
def test_exactly_these_moves_are_legal(now: NeedState, then: NeedState) -> None:
    assert may_move(now, then) is ((now, then) in LEGAL)


@pytest.mark.parametrize(
    ("now", "step", "then"),
    [
        (S.RAISED, Step.ANSWERED, S.ANSWERED),
        (S.GROUPED, Step.ANSWERED, S.ANSWERED),
        (S.ANSWERED, Step.ANSWERED, S.ANSWERED),
        (S.DELIVERED, Step.ANSWERED, S.DELIVERED),
        (S.RATED, Step.ANSWERED, S.RATED),
        (S.ANSWERED, Step.DELIVERED, S.DELIVERED),
        (S.DELIVERED, Step.DELIVERED, S.DELIVERED),
        (S.RATED, Step.DELIVERED, S.RATED),
    ],
)
def test_an_answer_and_a_delivery_move_a_need_forward(
    now: NeedState, step: Step, then: NeedState
) -> None:
    assert decide_state(now, step) is then


@pytest.mark.parametrize("now", WAY)
@pytest.mark.parametrize("step", NEWS)
def test_news_on_the_way_leave_the_state_as_it_is(now: NeedState, step: Step) -> None:
    assert decide_state(now, step) is now


@pytest.mark.parametrize("now", [S.RAISED, S.GROUPED])
@pytest.mark.rule("SS-04")
def test_nothing_is_delivered_that_was_not_answered(now: NeedState) -> None:
    with pytest.raises(NeedNotAnswered):
        decide_state(now, Step.DELIVERED)


@pytest.mark.parametrize("step", Step)
def test_nothing_more_becomes_of_a_declined_need(step: Step) -> None:
    with pytest.raises(NeedDeclined):
        decide_state(S.DECLINED, step)


@given(st.lists(st.sampled_from(Step), max_size=12))
def test_a_need_never_goes_back(steps: list[Step]) -> None:
    state = S.RAISED
    for step in steps:
        before = state
        if step is Step.DELIVERED and before is S.RAISED:
            continue
        state = decide_state(before, step)
        assert WAY.index(state) >= WAY.index(before)
        assert state is before or may_move(before, state)
