"""How a need moves on: raised → grouped → answered → delivered → rated, or declined.

SS-04 promises every need a concrete answer, so nothing is delivered that was not answered first.
"""

from backend.core.problems import Kind, Refusal
from backend.needs.rules.words import STATE_NAMES, STEP_WORDS
from backend.needs.types import NeedState, Step

S = NeedState

_NEXT: dict[NeedState, frozenset[NeedState]] = {
    S.RAISED: frozenset({S.GROUPED, S.ANSWERED, S.DECLINED}),
    S.GROUPED: frozenset({S.ANSWERED, S.DECLINED}),
    S.ANSWERED: frozenset({S.DELIVERED}),
    S.DELIVERED: frozenset({S.RATED}),
    S.RATED: frozenset(),
    S.DECLINED: frozenset(),
}

_WAY = (S.RAISED, S.GROUPED, S.ANSWERED, S.DELIVERED, S.RATED)

_REACHES: dict[Step, NeedState] = {Step.ANSWERED: S.ANSWERED, Step.DELIVERED: S.DELIVERED}


class NeedStepOutOfOrder(Refusal):
    """A need is delivered after it was answered, and nothing more becomes of a declined one."""

    kind = Kind.CONFLICT
    code = "need-step-out-of-order"
    zh = "该需求目前{state_zh}，还不能登记为“{step_zh}”。请先给出具体答复，再继续办理。"
    en = "This need is {state}, so “{step_en}” cannot be recorded yet. Answer it first."


def may_move(now: NeedState, then: NeedState) -> bool:
    """Whether a need may go from one state straight to the other."""
    return then in _NEXT[now]


def decide_state(now: NeedState, step: Step) -> NeedState:
    """The state after a step; a step that reaches nothing new changes nothing.

    Refuses every step of a declined need, and delivery of what was never answered.
    """
    if now in _WAY:
        goal = _REACHES.get(step, now)
        if _WAY.index(goal) <= _WAY.index(now):
            return now
        if may_move(now, goal):
            return goal
    raise NeedStepOutOfOrder(
        state=now,
        state_zh=STATE_NAMES[now],
        step=step,
        step_zh=STEP_WORDS[step].name_zh,
        step_en=STEP_WORDS[step].name_en,
    )
