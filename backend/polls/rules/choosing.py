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

_MODES_ZH = {
    Electorate.RESIDENTS: "全体居民",
    Electorate.HOUSEHOLDS: "户代表",
    Electorate.GROUP_DELEGATES: "居民小组代表",
    Electorate.REPRESENTATIVES: "居民代表",
    Electorate.MEMBERS: "组成人员",
    Electorate.OWNERS: "业主",
}
_SECRECY_ZH = {
    Secrecy.NAMED: "记名",
    Secrecy.SEALED_ONE_HOUSE: "无记名（两人分管密钥）",
    Secrecy.SEALED_SHARED: "无记名（三方分管密钥）",
}
_NEEDED_ZH = {
    Precondition.MODE_FIXED: "确定会议方式",
    Precondition.PARTY_STUDY: "社区党组织研究",
    Precondition.AUTHORISED_BY_RESIDENTS: "居民会议授权",
    Precondition.ON_PUBLISHED_AGENDA: "列入已公布的议程",
    Precondition.INTERESTED_OWNERS_FIXED: "确定有利害关系的业主",
}


class NoRuleInForce(Refusal):
    """No voting rule of this body is in force at this place on this day."""

    kind = Kind.NOT_FOUND
    code = "no-rule-in-force"
    zh = "{on} 在本地没有适用于“{body_zh}”的有效表决规则，请核对日期和规则编号。"
    en = "No voting rule for {body} is in force here on {on}."


class RuleNotForHere(Refusal):
    """Another rule is in force for this body at this place on this day: a local or a newer one."""

    kind = Kind.INVALID
    code = "rule-not-for-here"
    zh = "{on} 在本地应适用规则 {applies}，不能采用 {rule}。"
    en = "On {on} rule {applies} is in force here, not {rule}."


class ModeNotOffered(Refusal):
    """The rule does not know this electorate (居委会法 §26: residents or household deputies)."""

    kind = Kind.INVALID
    code = "mode-not-offered"
    zh = "规则 {rule} 不采用“{mode_zh}”方式；可选：{offered_zh}。"
    en = "Rule {rule} cannot be held as {mode}; it offers: {offered}."


class SecrecyNotOffered(Refusal):
    """Named only, or secret only; area-weighted votes are never secret (trust.md §1)."""

    kind = Kind.INVALID
    code = "secrecy-not-offered"
    zh = "规则 {rule} 不能采用{secrecy_zh}投票；可选：{offered_zh}。"
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
    zh = "开启表决前还须先完成：{missing_zh}。"
    en = "Before this vote opens, these must be on record: {missing}."


def jurisdiction_of(place_path: str) -> tuple[str, ...]:
    """From "CN" down to the place: the codes of a path such as `/340000/340100/`."""
    return ("CN", *place_path.strip("/").split("/"))


def require_chosen(chosen: VotingRule, rule_id: str, on: date) -> None:
    """Whoever names a rule names the one in force: no shopping for an easier majority."""
    if chosen.id != rule_id:
        raise RuleNotForHere(rule=rule_id, applies=chosen.id, on=on)


def choose_rule(
    rules: Iterable[VotingRule], body_id: str, jurisdiction: Sequence[str], on: date
) -> VotingRule:
    """The rule in force for a body on a day: the most specific place, then the newest.

    `jurisdiction` runs from "CN" down to the community. NoRuleInForce when there is none;
    居委会法 (2025) takes over from the old numbers on 2026-01-01.
    """
    depth = {code: index for index, code in enumerate(jurisdiction)}
    of_body = [rule for rule in rules if rule.body == body_id]
    fitting = [rule for rule in of_body if rule.jurisdiction in depth and is_in_force(rule, on)]
    if not fitting:
        title = of_body[0].title_zh if of_body else body_id
        raise NoRuleInForce(body=body_id, body_zh=title, on=on)
    return max(fitting, key=lambda r: (depth[r.jurisdiction], r.valid_from, r.version, r.id))


def is_in_force(rule: VotingRule, on: date) -> bool:
    """Whether a rule is valid on a day, its first and its last day included."""
    return rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to)


def require_mode(rule: VotingRule, mode: Electorate) -> None:
    """The electorate is one that the rule offers."""
    if mode not in rule.electorate:
        raise ModeNotOffered(
            rule=rule.id,
            mode=mode.value,
            mode_zh=_MODES_ZH[mode],
            offered=[e.value for e in rule.electorate],
            offered_zh=[_MODES_ZH[e] for e in rule.electorate],
        )


def require_secrecy(rule: VotingRule, secrecy: Secrecy, roll_size: int) -> None:
    """The rule offers this secrecy, and the roll is large enough to hide a voter in (≥ 20)."""
    if secrecy not in rule.secret:
        raise SecrecyNotOffered(
            rule=rule.id,
            secrecy=secrecy.value,
            secrecy_zh=_SECRECY_ZH[secrecy],
            offered=[level.value for level in rule.secret],
            offered_zh=[_SECRECY_ZH[level] for level in rule.secret],
        )
    if secrecy is not Secrecy.NAMED and roll_size < SMALLEST_SEALED_ROLL:
        raise RollTooSmallForSecrecy(size=roll_size, needed=SMALLEST_SEALED_ROLL)


def require_preconditions(
    rule: VotingRule, met: Iterable[Precondition], *, is_important: bool
) -> None:
    """Everything needed before opening is on record; `is_important` = a matter of §30."""
    extra = rule.preconditions_important if is_important else ()
    on_record = set(met)
    missing = [need for need in (*rule.preconditions, *extra) if need not in on_record]
    if missing:
        raise PreconditionsUnmet(
            missing=[need.value for need in missing],
            missing_zh=[_NEEDED_ZH[need] for need in missing],
        )


def is_petition_met(rule: VotingRule, by: Petitioner, signed: int, total: int) -> bool:
    """Whether enough have signed that the meeting must be convened (居委会法 §26, 29)."""
    shares = (
        Clause(Basis.HEADS, Of.ELIGIBLE, p.num, p.den, False) for p in rule.petition if p.by is by
    )
    return any(holds(share, signed, total) for share in shares)
