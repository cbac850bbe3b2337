"""Who gets the money (立项), and how much."""

from backend.core.problems import Kind, NotFound, Refusal
from backend.grants.rules.words import yuan
from backend.grants.types import CallFacts, Choice, Ranked, Ranking
from backend.policies.types import Publications

MIN_PUBLICATION_DAYS = 15
"""居民委员会组织法 §34: public money is made public for 15 days at least."""


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
    chosen = _find_ranked(ranking, choice)
    if not ranking.is_complete:
        raise ScoresMissing(panel_size=ranking.panel_size, missing=ranking.missing_scores)
    if chosen.rank > 1 and not (choice.reason or "").strip():
        raise NotFirstInRanking(rank=chosen.rank)
    limit = min(chosen.candidate.requested_fen, call.cap_fen)
    if choice.amount_fen > limit:
        raise AwardTooLarge(limit=yuan(limit), limit_fen=limit)
    return chosen


def _find_ranked(ranking: Ranking, choice: Choice) -> Ranked:
    """The chosen application; a draft, or one to another call, is not there to be chosen."""
    for ranked in ranking.items:
        if ranked.candidate.application_id == choice.application_id:
            return ranked
    raise NotFound


def award_publication_days(publications: Publications | None) -> int:
    """How long an award is public: as the pack says, and never shorter than the law's 15 days."""
    if publications is None:
        return MIN_PUBLICATION_DAYS
    return max(MIN_PUBLICATION_DAYS, publications.min_days.value)
