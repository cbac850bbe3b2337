"""Who gets the money (立项), how much, and what the public reads about it."""

from backend.core.problems import Kind, Refusal
from backend.grants.rules.applications import ApplicationNotSubmitted
from backend.grants.rules.words import yuan
from backend.grants.types import CallFacts, Choice, Ranked, Ranking, Words


class CallAlreadyAwarded(Refusal):
    """One award a call."""

    kind = Kind.CONFLICT
    code = "call-already-awarded"
    zh = "本次征集已经立项，不能再次立项。"
    en = "This call has its award already."
    constraint = "awards_call_once"


class ScoresMissing(Refusal):
    """Every reviewer scores every application before anything is awarded."""

    kind = Kind.CONFLICT
    code = "scores-missing"
    zh = "评审尚未完成：评审组共 {panel_size} 人，还缺 {missing} 份评分，请待评分齐全后再立项。"
    en = "The review is not complete: a panel of {panel_size}, {missing} scores missing."


class NotFirstInRanking(Refusal):
    """Whoever passes over the first says why, and the public reads it."""

    kind = Kind.INVALID
    code = "not-first-in-ranking"
    zh = "该申报书排名第 {rank}，并非第一名；如确需立项，请填写理由，理由将一并公示。"
    en = "This application ranks {rank}, not first; to award it give a reason, which is published."


class AwardTooLarge(Refusal):
    """Never more than was asked for, never more than the call's cap."""

    kind = Kind.INVALID
    code = "award-too-large"
    zh = "立项金额不得超过申报金额和征集上限，即 {limit} 元，请调低。"
    en = "An award is within what was asked for and the call's cap: at most {limit} yuan."


def admit_award(call: CallFacts, ranking: Ranking, choice: Choice) -> Ranked:
    """The chosen application in its rank, or a refusal: awarded, incomplete, passed over, large."""
    if call.is_awarded:
        raise CallAlreadyAwarded
    if not ranking.is_complete:
        raise ScoresMissing(panel_size=ranking.panel_size, missing=ranking.missing_scores)
    chosen = _find_ranked(ranking, choice)
    if chosen.rank > 1 and not choice.reason:
        raise NotFirstInRanking(rank=chosen.rank)
    limit = min(chosen.candidate.requested_fen, call.cap_fen)
    if choice.amount_fen > limit:
        raise AwardTooLarge(limit=yuan(limit), limit_fen=limit)
    return chosen


def _find_ranked(ranking: Ranking, choice: Choice) -> Ranked:
    for ranked in ranking.items:
        if ranked.candidate.application_id == choice.application_id:
            return ranked
    raise ApplicationNotSubmitted


def announcement(
    call: CallFacts, ranked: Ranked, choice: Choice, fund_name: str, days: int
) -> Words:
    """What is published of an award: no person is named, and the reason if one was needed."""
    who, title = ranked.candidate.organisation_name, ranked.candidate.title
    amount = yuan(choice.amount_fen)
    zh, en = "", ""
    if ranked.rank > 1:
        zh = f"未选排名第一的申报书，理由：{choice.reason}。"
        en = f" Another than the first was chosen because: {choice.reason}."
    return Words(
        f"《{call.title}》经评审，{who}申报的“{title}”得分 {ranked.total}（总分/评审人数），"
        f"排名第 {ranked.rank}，立项金额 {amount} 元，由{fund_name}支付。{zh}公示期 {days} 天。",
        f"Call “{call.title}”: “{title}” by {who}, score {ranked.total} (sum/reviewers), rank"
        f" {ranked.rank}, is awarded {amount} yuan from {fund_name}.{en} Public for {days} days.",
    )
