"""Who gets the money and how much; what a fund can give."""

from dataclasses import replace
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.problems import NotFound
from backend.grants.rules import (
    AwardTooLarge,
    CallAlreadyAwarded,
    FundTooSmall,
    NotFirstInRanking,
    ScoresMissing,
    admit_award,
    award_publication_days,
    award_words,
    call_words,
    next_head,
    rank_candidates,
    started_words,
)
from backend.grants.rules.words import mean_points
from backend.grants.types import Candidate, Choice, FundHead
from tests.grants.packs import PACK, REVIEW
from tests.grants.test_rules_calls import CALL, OPENS
from tests.grants.test_rules_ranking import candidate

FIRST = replace(candidate((90, 90, 90)), requested_fen=4_000_000)
SECOND = replace(candidate((80, 80, 80)), requested_fen=9_000_000)
RANKING = rank_candidates([FIRST, SECOND], REVIEW)


def choice(chosen: Candidate = FIRST, fen: int = 4_000_000, reason: str | None = None) -> Choice:
    """What the street decides."""
    return Choice(chosen.application_id, fen, reason)


def test_the_first_gets_what_it_asked_for() -> None:
    assert admit_award(CALL, RANKING, choice()).candidate == FIRST


@pytest.mark.parametrize("reason", [None, "  "])
def test_another_than_the_first_needs_a_reason(reason: str | None) -> None:
    with pytest.raises(NotFirstInRanking) as refusal:
        admit_award(CALL, RANKING, choice(SECOND, reason=reason))
    assert refusal.value.facts == {"rank": 2}
    assert admit_award(CALL, RANKING, choice(SECOND, reason="首位退出")).rank == 2


@pytest.mark.parametrize(
    ("chosen", "limit", "reason"), [(FIRST, 4_000_000, None), (SECOND, 5_000_000, "首位退出")]
)
def test_never_more_than_asked_for_nor_than_the_cap(
    chosen: Candidate, limit: int, reason: str | None
) -> None:
    admit_award(CALL, RANKING, choice(chosen, limit, reason))
    with pytest.raises(AwardTooLarge) as refusal:
        admit_award(CALL, RANKING, choice(chosen, limit + 1, reason))
    assert refusal.value.facts["limit_fen"] == limit


def test_nothing_is_awarded_before_the_last_score() -> None:
    ranking = rank_candidates([FIRST, candidate((80, 80))], REVIEW)
    with pytest.raises(ScoresMissing) as refusal:
        admit_award(CALL, ranking, choice())
    assert refusal.value.sentence("zh-CN").startswith("评审尚未完成：评审组共 3 人，还缺 1 份评分")


def test_a_call_is_awarded_once() -> None:
    with pytest.raises(CallAlreadyAwarded):
        admit_award(replace(CALL, is_awarded=True), RANKING, choice())


def test_what_is_not_in_the_ranking_is_not_found() -> None:
    with pytest.raises(NotFound):
        admit_award(CALL, RANKING, Choice(uuid4(), 1, None))


@given(st.lists(st.integers(-500, 500).filter(bool), max_size=40))
def test_a_fund_never_gives_more_than_it_has(amounts: list[int]) -> None:
    head, booked = FundHead(0, 0), 0
    for amount in amounts:
        if head.balance_fen + amount < 0:
            with pytest.raises(FundTooSmall) as refusal:
                next_head(head, amount)
            assert refusal.value.facts == {"balance_fen": head.balance_fen, "needed_fen": -amount}
        else:
            head, booked = next_head(head, amount), booked + 1
        assert head.balance_fen >= 0
        assert head.number == booked


def test_the_last_fen_may_be_given() -> None:
    assert next_head(FundHead(4, 700), -700) == FundHead(5, 0)


def test_an_award_is_public_for_as_long_as_pack_and_law_say() -> None:
    assert award_publication_days(None) == 15
    assert PACK.publications is not None
    for days, expected in ((7, 15), (15, 15), (30, 30)):
        min_days = msgspec.structs.replace(PACK.publications.min_days, value=days)
        publications = msgspec.structs.replace(PACK.publications, min_days=min_days)
        assert award_publication_days(publications) == expected


@pytest.mark.parametrize(
    ("total", "shown"),
    [("270/3", "90.00"), ("250/3", "83.33"), ("200/3", "66.67"), ("0/3", "0.00"), ("1/8", "0.13")],
)
def test_a_mean_is_shown_with_two_decimals(total: str, shown: str) -> None:
    assert mean_points(total) == shown


def test_what_the_public_reads() -> None:
    (first, second) = RANKING.items
    plain = award_words(CALL, first, choice(), "梧桐街道微创投基金")
    assert plain.zh == (
        "《傍晚照护微创投》评审结束，暮光助老社申报的“暮光陪伴”平均得分 90.00 分，"
        "排名第 1，立项金额 40,000.00 元，由“梧桐街道微创投基金”支付。"
    )
    assert "because" not in plain.en
    passed_over = award_words(CALL, second, choice(SECOND, 100, "首位退出"), "基金")
    assert "未选排名第一的申报书，理由：首位退出。" in passed_over.zh
    assert "because: 首位退出" in passed_over.en
    assert started_words(first).zh == "暮光助老社的项目“暮光陪伴”已启动"
    assert call_words("梧桐街道", "傍晚照护微创投", 5_000_000, OPENS).zh == (
        "梧桐街道发布微创投征集《傍晚照护微创投》，每个项目最高 50,000.00 元，"
        "2026 年 6 月 1 日 00:00 截止申报"
    )
