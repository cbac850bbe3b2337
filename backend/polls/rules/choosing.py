"""Which rule, which mode, which secrecy: fixed before a motion opens and pinned with it."""

from collections.abc import Iterable, Sequence
from datetime import date

from backend.core.problems import Kind, Refusal
from backend.polls.rules.clauses import holds
from backend.polls.types import (
    Basis,
    Clause,
    Electorate,
    Of,
    Petitioner,
    Precondition,
    Secrecy,
    VotingRule,
)

SMALLEST_SEALED_ROLL = 20


class NoRuleInForce(Refusal):
    """No voting rule of this body is in force at this place on this day."""

    kind = Kind.NOT_FOUND
    code = "no-rule-in-force"
    zh = "{on} 在本地没有适用于“{body}”的有效表决规则。"
    en = "No voting rule for {body} is in force here on {on}."


class ModeNotOffered(Refusal):
    """The rule does not know this electorate (居委会法 §26: residents or household deputies)."""

    kind = Kind.INVALID
    code = "mode-not-offered"
    zh = "规则 {rule} 不采用“{mode}”方式；可选：{offered}。"
    en = "Rule {rule} cannot be held as {mode}; it offers: {offered}."


class SecrecyNotOffered(Refusal):
    """Named only, or secret only; area-weighted votes are never secret (trust.md §1)."""

    kind = Kind.INVALID
    code = "secrecy-not-offered"
    zh = "规则 {rule} 不能采用 {secrecy} 级别的投票；可选：{offered}。"
    en = "Rule {rule} cannot be voted on at secrecy level {secrecy}; it offers: {offered}."


class RollTooSmallForSecrecy(Refusal):
    """A sealed vote of a few people shows who voted how; they vote on paper in a box."""

    kind = Kind.CONFLICT
    code = "roll-too-small-for-secrecy"
    zh = "名册只有 {size} 人，不足 {needed} 人，线上无记名投票无法保密；请用纸质票箱，当众计票。"
    en = (
        "With {size} on the roll, fewer than {needed}, a sealed vote keeps no secret: "
        "vote on paper in a box and count in public."
    )


class PreconditionsUnmet(Refusal):
    """Something that the law wants before the vote is not on record (居委会法 §30)."""

    kind = Kind.CONFLICT
    code = "preconditions-unmet"
    zh = "开启表决前还缺少：{missing}。"
    en = "Before this vote opens, these must be on record: {missing}."


def choose_rule(
    rules: Iterable[VotingRule], body_id: str, jurisdiction: Sequence[str], on: date
) -> VotingRule:
    """The rule in force for a body on a day: the most specific place, then the newest.

    `jurisdiction` runs from "CN" down to the community. NoRuleInForce when there is none;
    居委会法 (2025) takes over from the old numbers on 2026-01-01.
    """
    depth = {code: index for index, code in enumerate(jurisdiction)}
    fitting = [
        rule
        for rule in rules
        if rule.body == body_id and rule.jurisdiction in depth and is_in_force(rule, on)
    ]
    if not fitting:
        raise NoRuleInForce(body=body_id, on=on)
    return max(fitting, key=lambda r: (depth[r.jurisdiction], r.valid_from, r.version, r.id))


def is_in_force(rule: VotingRule, on: date) -> bool:
    """Whether a rule is valid on a day, its first and its last day included."""
    return rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to)


def require_mode(rule: VotingRule, mode: Electorate) -> None:
    """The electorate is one that the rule offers."""
    if mode not in rule.electorate:
        raise ModeNotOffered(
            rule=rule.id, mode=mode.value, offered=[e.value for e in rule.electorate]
        )


def require_secrecy(rule: VotingRule, secrecy: Secrecy, roll_size: int) -> None:
    """The rule offers this secrecy, and the roll is large enough to hide a voter in (≥ 20)."""
    if secrecy not in rule.secret:
        offered = [level.value for level in rule.secret]
        raise SecrecyNotOffered(rule=rule.id, secrecy=secrecy.value, offered=offered)
    if secrecy is not Secrecy.NAMED and roll_size < SMALLEST_SEALED_ROLL:
        raise RollTooSmallForSecrecy(size=roll_size, needed=SMALLEST_SEALED_ROLL)


def require_preconditions(
    rule: VotingRule, met: Iterable[Precondition], *, is_important: bool
) -> None:
    """Everything needed before opening is on record; `is_important` = a matter of §30."""
    extra = rule.preconditions_important if is_important else ()
    on_record = set(met)
    missing = [need.value for need in (*rule.preconditions, *extra) if need not in on_record]
    if missing:
        raise PreconditionsUnmet(missing=missing)


def is_petition_met(rule: VotingRule, by: Petitioner, signed: int, total: int) -> bool:
    """Whether enough have signed that the meeting must be convened (居委会法 §26, 29)."""
    shares = (
        Clause(Basis.HEADS, Of.ELIGIBLE, p.num, p.den, False) for p in rule.petition if p.by is by
    )
    return any(holds(share, signed, total) for share in shares)
