"""From counts to an outcome: every clause is worked out in whole numbers and reported."""

from typing import Literal

from backend.core.problems import Kind, Refusal
from backend.polls.rules.choosing import require_mode
from backend.polls.rules.clauses import bound_of, holds
from backend.polls.rules.words import pass_words, quorum_words
from backend.polls.types import (
    Amount,
    Basis,
    Clause,
    ClauseResult,
    ClauseSet,
    Counts,
    Decision,
    Electorate,
    Of,
    Outcome,
    VotingRule,
)


class OpinionOnly(Refusal):
    """The body forms an opinion; its rule has no majority to count (居委会法 §32)."""

    kind = Kind.CONFLICT
    code = "opinion-only"
    zh = "规则 {rule} 只形成协商意见，不作表决。"
    en = "Under rule {rule} an opinion is formed; nothing is put to a vote."


def require_majority(rule: VotingRule) -> None:
    """Only what has a majority to count is put to a vote."""
    if not rule.pass_:
        raise OpinionOnly(rule=rule.id)


def decide_motion(rule: VotingRule, counts: Counts, mode: Electorate) -> Decision:
    """通过, 未通过 or 未达法定人数, with every clause of the mode.

    Where the base is those present, abstentions, blanks and spoilt ballots count against. Where
    the mode has several clause sets ("or" in the law), one that holds is enough.
    """
    require_mode(rule, mode)
    require_majority(rule)
    quorum = _results(rule, rule.quorum, counts, mode, "quorum")
    passing = _results(rule, rule.pass_, counts, mode, "pass")
    voted = Outcome.PASSED if _any_set_holds(passing) else Outcome.NOT_PASSED
    outcome = voted if has_quorum(rule, counts, mode) else Outcome.NO_QUORUM
    return Decision(outcome, tuple(result for group in (*quorum, *passing) for result in group))


def decide_quorum(rule: VotingRule, counts: Counts, mode: Electorate) -> tuple[ClauseResult, ...]:
    """Only the quorum clauses, while people are still coming in (GET /meetings/{id}/quorum)."""
    require_mode(rule, mode)
    groups = _results(rule, rule.quorum, counts, mode, "quorum")
    return tuple(result for group in groups for result in group)


def has_quorum(rule: VotingRule, counts: Counts, mode: Electorate) -> bool:
    """Whether enough are present; a rule without a quorum always has it."""
    groups = _results(rule, rule.quorum, counts, mode, "quorum")
    return not groups or _any_set_holds(groups)


_Results = list[tuple[ClauseResult, ...]]


def _any_set_holds(groups: _Results) -> bool:
    return any(all(result.holds for result in group) for group in groups)


def _results(
    rule: VotingRule,
    groups: tuple[ClauseSet, ...],
    counts: Counts,
    mode: Electorate,
    kind: Literal["quorum", "pass"],
) -> _Results:
    fitting = (group for group in groups if group.mode in {None, mode})
    return [
        tuple(_result(rule, clause, counts, kind) for clause in group.clauses) for group in fitting
    ]


def _result(
    rule: VotingRule, clause: Clause, counts: Counts, kind: Literal["quorum", "pass"]
) -> ClauseResult:
    reached = counts.present if kind == "quorum" else counts.yes
    whole = {Of.ELIGIBLE: counts.eligible, Of.PRESENT: counts.present, Of.CAST: counts.cast}
    numerator = _figure(clause.basis, reached)
    denominator = _figure(clause.basis, whole[clause.of])
    bound, is_met = bound_of(clause, denominator), holds(clause, numerator, denominator)
    figures = (numerator, denominator, bound)
    if kind == "quorum":
        zh, en = quorum_words(clause, rule.presence, figures, is_met=is_met)
    else:
        zh, en = pass_words(clause, figures, is_met=is_met)
    return ClauseResult(
        kind, clause.basis, clause.of, numerator, denominator, bound, is_met, zh, en
    )


def _figure(basis: Basis, amount: Amount) -> int:
    return amount.area_centi if basis is Basis.AREA else amount.heads
