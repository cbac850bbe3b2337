"""How a need moves on: raised → grouped → answered → delivered → rated, or declined.

SS-04 promises every need a concrete answer, so nothing is delivered that was not answered first.
"""

from backend.core.problems import Kind, Refusal
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


class NeedNotAnswered(Refusal):
    """A need is delivered after it was answered, never before."""

    kind = Kind.CONFLICT
    code = "need-not-answered"
    zh = "该需求还没有具体答复，不能登记为已落实。请先登记答复，再登记落实。"
    en = "This need has no concrete answer yet, so it cannot be delivered. Record the answer first."


class NeedDeclined(Refusal):
    """Nothing more becomes of a need that was declined with a reason."""

    kind = Kind.CONFLICT
    code = "need-declined"
    zh = "该需求已说明理由、不再办理，不能再登记进展。情况有变的，请重新登记一条需求。"
    en = (
        "This need was declined, so nothing more can be recorded. If things changed, raise it anew."
    )


def may_move(now: NeedState, then: NeedState) -> bool:
    """Whether a need may go from one state straight to the other."""
    return then in _NEXT[now]


def decide_state(now: NeedState, step: Step) -> NeedState:
    """The state after a step; a step that reaches nothing new changes nothing.

    Refuses every step of a declined need, and delivery of what was never answered.
    """
    if now is S.DECLINED:
        raise NeedDeclined
    goal = _REACHES.get(step, now)
    if _WAY.index(goal) <= _WAY.index(now):
        return now
    if not may_move(now, goal):
        raise NeedNotAnswered
    return goal
