"""A call (征集): under which pack, for which need, with whose money, and whether it is open.

SS-03 创新形式 (微创投): the caps come from the pack; what the pack does not rule the call sets.
"""

from datetime import date, datetime, timedelta

from backend.core.problems import Kind, Refusal
from backend.grants.rules.words import yuan
from backend.grants.types import CallFacts, CallState
from backend.needs.types import NeedFacts, NeedState
from backend.policies.types import Grants, PolicyPack

LONGEST_AHEAD = timedelta(days=366)
"""No document sets it; a closing day further away is a mistyped year."""


class PolicyNotInForceHere(Refusal):
    """A pack rules its own jurisdiction, from its first day to its last."""

    kind = Kind.INVALID
    code = "policy-not-in-force-here"
    zh = "所选政策包今天在本地不适用，请改选本地现行的政策包。"
    en = "The chosen policy pack does not rule here today; choose the one in force."


class PolicyWithoutGrants(Refusal):
    """A city whose document rules no micro-venture money."""

    kind = Kind.INVALID
    code = "policy-without-grants"
    zh = "所选政策包没有规定资助事项，不能据此发起征集，请改选其他政策包。"
    en = "The chosen policy pack has no rules on grants; choose another one."


class CapAbovePolicy(Refusal):
    """A call's cap stays within the pack's limit of one application."""

    kind = Kind.INVALID
    code = "cap-above-policy"
    zh = "每个项目的上限不得高于政策包规定的 {limit} 元，请调低上限。"
    en = "The cap of one project is at most {limit} yuan under the policy pack; lower it."


class CallPeriodInvalid(Refusal):
    """A call closes after it opens, in the future, and within a year."""

    kind = Kind.INVALID
    code = "call-period-invalid"
    zh = "截止时间应晚于开始时间和当前时间，且在一年以内，请修改。"
    en = "A call closes after it opens, not in the past, and within a year; change the times."
    constraint = "calls_period"


class FundElsewhere(Refusal):
    """A fund pays for calls of its own place and below it."""

    kind = Kind.INVALID
    code = "fund-elsewhere"
    zh = "所选专项基金不覆盖本次征集的地区，请选择本地或上级的基金。"
    en = "The chosen fund does not cover the call's place; choose one of it or above it."


class NeedElsewhere(Refusal):
    """A call answers a need of its own place or below it."""

    kind = Kind.INVALID
    code = "need-elsewhere"
    zh = "所选需求不属于本次征集的地区，请选择本地的需求。"
    en = "The chosen need is not of the call's place; choose one of it or below it."


class NeedDeclined(Refusal):
    """A need that was declined gets no money."""

    kind = Kind.CONFLICT
    code = "need-declined"
    zh = "该需求已登记为不予办理，不能据此发起征集。"
    en = "This need was declined, so no call is opened on it."


class CallNotOpen(Refusal):
    """Applications come in while the call is open."""

    kind = Kind.CONFLICT
    code = "call-not-open"
    zh = "征集不在申报期内，不能再填写或提交申报书。"
    en = "The call is not open, so applications can be neither written nor submitted."


class CallNotClosed(Refusal):
    """Review starts when all applications are in."""

    kind = Kind.CONFLICT
    code = "call-not-closed"
    zh = "征集尚未截止，请在截止之后再评审和立项。"
    en = "The call has not closed; review and award begin after that."


def require_grants(pack: PolicyPack, place_path: str, on: date) -> Grants:
    """What a pack that rules this place today says of grants, or a refusal."""
    here = pack.identity.jurisdiction in place_path.strip("/").split("/")
    if not here or not pack.identity.is_in_force(on):
        raise PolicyNotInForceHere
    if pack.grants is None:
        raise PolicyWithoutGrants
    return pack.grants


def admit_cap(cap_fen: int, grants: Grants) -> None:
    """Refuse a cap above what the pack allows for one application."""
    limit = grants.budget.max_fen_per_application.value
    if cap_fen > limit:
        raise CapAbovePolicy(limit=yuan(limit), limit_fen=limit)


def admit_period(opens_at: datetime, closes_at: datetime, at: datetime) -> None:
    """Refuse a call that closes before it opens, is closed from the start, or has a wrong year."""
    if closes_at <= max(opens_at, at) or closes_at - at > LONGEST_AHEAD:
        raise CallPeriodInvalid


def admit_fund(fund_path: str, call_path: str) -> None:
    """The fund's place is the call's or one above it."""
    if not call_path.startswith(fund_path):
        raise FundElsewhere


def admit_need(need: NeedFacts, call_path: str) -> None:
    """The need's place is the call's or one below it, and it was not declined."""
    if not need.path.startswith(call_path):
        raise NeedElsewhere
    if need.state is NeedState.DECLINED:
        raise NeedDeclined


def decide_state(call: CallFacts, at: datetime) -> CallState:
    """Where a call stands at a moment: open from `opens_at` on, closed from `closes_at` on."""
    if call.is_awarded:
        return CallState.AWARDED
    if at < call.opens_at:
        return CallState.UPCOMING
    return CallState.OPEN if at < call.closes_at else CallState.CLOSED


def require_open(call: CallFacts, at: datetime) -> None:
    """Refuse before the call opens and from the moment it closes."""
    if decide_state(call, at) is not CallState.OPEN:
        raise CallNotOpen


def require_closed(call: CallFacts, at: datetime) -> None:
    """Refuse review while applications may still come in."""
    if at < call.closes_at:
        raise CallNotClosed
