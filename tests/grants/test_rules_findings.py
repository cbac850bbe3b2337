"""What keeps an application from being submitted: true figures, and advice that helps."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.grants.rules import decide_findings, total_fen, yuan
from backend.grants.types import FindingCode, Line, Terms
from backend.policies.types import Stage, ratio, share_fen
from tests.grants.packs import CAP_FEN, COST_LINES, cap, terms, with_caps


def budget(*lines: tuple[str, int]) -> list[Line]:
    """Lines of a budget, numbered from 1."""
    return [Line(n, key, "用途", fen) for n, (key, fen) in enumerate(lines, start=1)]


BUDGETS = st.lists(
    st.builds(
        lambda key, fen: (key, fen),
        st.sampled_from([*COST_LINES, "management", "banquet"]),
        st.integers(1, 4_000_000),
    ),
    max_size=12,
).map(lambda lines: budget(*lines))
CAPS = st.integers(100_000, 6_000_000)


def test_a_sound_budget_has_no_findings() -> None:
    lines = budget(("activity", 3_000_000), ("materials", 1_500_000), ("management", 500_000))
    assert decide_findings(lines, terms()) == ()


def test_a_fee_above_its_share_is_told_with_line_figure_clause_and_advice() -> None:
    lines = budget(("activity", 3_000_000), ("materials", 1_400_000), ("management", 600_000))
    (finding,) = decide_findings(lines, terms())
    assert (finding.code, finding.line) == (FindingCode.SHARE_EXCEEDED, 3)
    assert (finding.amount_fen, finding.limit_fen) == (600_000, 500_000)
    assert finding.basis.parameter == "grants.budget.caps[0]"
    assert finding.basis.source == "local"
    assert finding.words.zh == (
        "第 3 行“管理费”6,000.00 元超过总额的 1/10（上限 5,000.00 元）；"
        "依据：《蜀山区五社联动政策参数》第 1 版“管理费占比上限”（本地参数，原文件未作规定）；"
        "请改为不超过 5,000.00 元，多出的 1,000.00 元可列入其他科目；"
        "如只削减这一项（总额随之减少），则不超过 4,888.88 元。"
    )
    assert "at most 5,000.00 yuan" in finding.words.en


def test_a_budget_above_the_cap_is_told_which_line_to_cut_and_by_how_much() -> None:
    lines = budget(("materials", 1_700_000), ("activity", 3_000_000), ("management", 500_000))
    (finding,) = decide_findings(lines, terms())
    assert (finding.code, finding.line) == (FindingCode.CAP_EXCEEDED, 2)
    assert (finding.amount_fen, finding.limit_fen) == (5_200_000, CAP_FEN)
    assert finding.basis.source == "call"
    assert finding.words.zh == (
        "预算合计 52,000.00 元超过本次征集的上限 50,000.00 元，超出 2,000.00 元；"
        "依据：征集公告《傍晚照护微创投》的上限，不高于《蜀山区五社联动政策参数》第 1 版"
        "“单个申报最高额”（本地参数，原文件未作规定）的 50,000.00 元；"
        "请从金额最大的第 2 行“活动费”（30,000.00 元）减少 2,000.00 元，改为不超过 28,000.00 元。"
    )


def test_when_one_line_cannot_carry_the_cut_all_are_to_shrink() -> None:
    lines = budget(*[("activity", 1_000_000)] * 8)
    (finding,) = decide_findings(lines, terms())
    assert "请压缩各行，共减少 30,000.00 元" in finding.words.zh
    assert "cut 30,000.00 yuan in all" in finding.words.en


def test_above_the_cap_the_share_is_of_the_cap() -> None:
    lines = budget(("activity", 4_700_000), ("management", 520_000))
    share, over = sorted(decide_findings(lines, terms()), key=lambda one: one.code.value)[::-1]
    assert (share.line, share.limit_fen) == (2, 500_000)
    assert "总额按征集上限 50,000.00 元计" in share.words.zh
    assert (over.line, over.code) == (1, FindingCode.CAP_EXCEEDED)


def test_several_lines_of_one_fee_count_together() -> None:
    lines = budget(("management", 300_000), ("activity", 2_000_000), ("management", 200_000))
    (finding,) = decide_findings(lines, terms())
    assert finding.line == 1
    assert finding.words.zh.startswith("第 1、3 行合计“管理费”5,000.00 元超过总额的 1/10")
    assert finding.words.en.startswith("Lines 1, 3 together “management fee”: 5,000.00 yuan")


def test_an_unknown_cost_line_is_told_what_may_be_used() -> None:
    (finding,) = decide_findings(budget(("activity", 100), ("banquet", 50)), terms())
    assert (finding.code, finding.line) == (FindingCode.UNKNOWN_COST_LINE, 2)
    assert "第 2 行的科目“banquet”不在预算科目之内" in finding.words.zh
    assert "活动费（activity）" in finding.words.zh


def test_a_budget_without_lines_is_told_to_begin() -> None:
    (finding,) = decide_findings([], terms())
    assert (finding.code, finding.line) == (FindingCode.NO_LINES, None)


@pytest.mark.parametrize(("fee", "fits"), [(500_000, True), (500_001, False)])
def test_exactly_the_share_is_allowed_and_one_fen_more_is_not(fee: int, fits: bool) -> None:
    lines = budget(("activity", CAP_FEN - fee), ("management", fee))
    assert (decide_findings(lines, terms()) == ()) is fits


def test_a_cap_on_spending_alone_does_not_hold_in_the_plan() -> None:
    chosen = terms(grants=with_caps(cap("management", "1/10", Stage.SPENDING)))
    assert decide_findings(budget(("management", 100)), chosen) == ()


@pytest.mark.parametrize("share", ["1/1", "3/2"])
def test_a_cap_of_the_whole_or_more_binds_nothing(share: str) -> None:
    lines = budget(("management", CAP_FEN + 1))
    found = decide_findings(lines, terms(grants=with_caps(cap("management", share))))
    assert [finding.code for finding in found] == [FindingCode.CAP_EXCEEDED]


def test_a_clause_of_the_document_is_quoted_as_its_own() -> None:
    sourced = cap("management", "1/10", source="NJ-16", clause="管理费不超过10%")
    lines = budget(("activity", 100), ("management", 100))
    (finding,) = decide_findings(lines, terms(grants=with_caps(sourced)))
    assert "依据：《蜀山区实施意见 2019》“管理费不超过10%”（NJ-16）" in finding.words.zh
    law = cap("management", "1/10", source="law", clause="慈善法 §61")
    (finding,) = decide_findings(lines, terms(grants=with_caps(law)))
    assert "依据：慈善法 §61；" in finding.words.zh


# ------------------------------------------------------------------- properties


def _without(lines: Sequence[Line], number: int, fen: int) -> list[Line]:
    """The budget with a line set to an amount; zero takes it out."""
    changed = [replace(one, amount_fen=fen) if one.number == number else one for one in lines]
    return [line for line in changed if line.amount_fen > 0]


def _held(lines: Sequence[Line]) -> int:
    return sum(line.amount_fen for line in lines if line.cost_line == "management")


@given(BUDGETS, CAPS)
def test_fit_means_known_lines_within_cap_and_share(lines: list[Line], cap_fen: int) -> None:
    found = decide_findings(lines, terms(cap_fen))
    total = total_fen(lines)
    fit = (
        bool(lines)
        and all(line.cost_line in COST_LINES for line in lines)
        and total <= cap_fen
        and 10 * _held(lines) <= total
    )
    assert (found == ()) is fit


@given(BUDGETS, CAPS)
def test_each_finding_names_a_line_that_is_there(lines: list[Line], cap_fen: int) -> None:
    numbers = {line.number for line in lines}
    for finding in decide_findings(lines, terms(cap_fen)):
        assert finding.line in numbers or (finding.line is None and not lines)
        if finding.limit_fen is not None:
            assert finding.amount_fen is not None
            assert finding.amount_fen > finding.limit_fen >= 0
            assert yuan(finding.limit_fen) in finding.words.zh


def _mend(lines: list[Line], chosen: Terms) -> list[Line]:
    """Do what the findings say, once each: rename, move what is too much, cut what is over."""
    for finding in decide_findings(lines, chosen):
        line = next(one for one in lines if one.number == finding.line)
        if finding.code is FindingCode.UNKNOWN_COST_LINE:
            lines = [replace(o, cost_line="activity") if o is line else o for o in lines]
        elif finding.code is FindingCode.SHARE_EXCEEDED:
            moved = [replace(o, cost_line="materials") if _is_fee(o) else o for o in lines]
            lines = moved
        else:
            over = (finding.amount_fen or 0) - (finding.limit_fen or 0)
            lines = _without(lines, line.number, max(line.amount_fen - over, 0))
    return lines


def _is_fee(line: Line) -> bool:
    return line.cost_line == "management"


@given(BUDGETS.filter(bool), CAPS)
def test_following_the_advice_leads_to_a_fit_budget(lines: list[Line], cap_fen: int) -> None:
    for _ in range(2 * len(lines) + 2):
        lines = _mend(lines, terms(cap_fen))
    assert decide_findings(lines, terms(cap_fen)) == ()


@given(
    rest=st.integers(0, 4_000_000),
    fee=st.integers(1, 4_000_000),
    share=st.sampled_from(["1/10", "3/100", "1/3", "9/10"]),
)
def test_both_ways_to_mend_a_fee_are_right_and_tight(rest: int, fee: int, share: str) -> None:
    chosen = terms(10**9, with_caps(cap("management", share)))
    lines = budget(("activity", rest), ("management", fee))[0 if rest else 1 :]
    found = decide_findings(lines, chosen)
    if not found:
        return
    (finding,) = found
    limit = share_fen(rest + fee, share)
    assert finding.limit_fen == limit
    moved = budget(("activity", rest + fee - limit), ("management", limit or 1))
    assert decide_findings(moved[: 1 if limit == 0 else 2], chosen) == ()
    numerator, denominator = ratio(share)
    alone = rest * numerator // (denominator - numerator)
    if alone:
        assert f"不超过 {yuan(alone)} 元。" in finding.words.zh
        cut = budget(("activity", rest), ("management", alone))
        assert decide_findings(cut, chosen) == ()
        assert decide_findings(_without(cut, 2, alone + 1), chosen) != ()


@pytest.mark.parametrize(
    ("fen", "text"),
    [(0, "0.00"), (5, "0.05"), (100, "1.00"), (600_000, "6,000.00"), (123_456_789, "1,234,567.89")],
)
def test_sums_are_said_in_yuan(fen: int, text: str) -> None:
    assert yuan(fen) == text
