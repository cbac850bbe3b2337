"""What the public, and those who named the need, read about a call and its award.

No person is named: organisations, projects, sums and reasons only.
"""

from datetime import datetime

from backend.grants.rules.words import mean_points, yuan
from backend.grants.types import CallFacts, Choice, Ranked, Words


def call_words(place_name: str, title: str, cap_fen: int, closes_locally: datetime) -> Words:
    """A call was opened; the closing time is in the place's own zone."""
    day = closes_locally
    return Words(
        f"{place_name}发布微创投征集《{title}》，每个项目最高 {yuan(cap_fen)} 元，"
        f"{day.year} 年 {day.month} 月 {day.day} 日 {day:%H:%M} 截止申报",
        f"{place_name} opened the call “{title}”: up to {yuan(cap_fen)} yuan a project, until"
        f" {day:%Y-%m-%d %H:%M}",
    )


def award_words(call: CallFacts, ranked: Ranked, choice: Choice, fund_name: str) -> Words:
    """An award was made: score, rank, sum, and the reason where the first was passed over."""
    who, title = ranked.candidate.organisation_name, ranked.candidate.title
    amount = yuan(choice.amount_fen)
    zh, en = "", ""
    if ranked.rank > 1:
        zh = f"未选排名第一的申报书，理由：{choice.reason}。"
        en = f" Another than the first was chosen because: {choice.reason}."
    mean = mean_points(ranked.total)
    return Words(
        f"《{call.title}》评审结束，{who}申报的“{title}”平均得分 {mean} 分，"
        f"排名第 {ranked.rank}，立项金额 {amount} 元，由“{fund_name}”支付。{zh}",
        f"Call “{call.title}”: “{title}” by {who}, mean score {mean}, rank {ranked.rank},"
        f" is awarded {amount} yuan from the fund “{fund_name}”.{en}",
    )


def started_words(ranked: Ranked) -> Words:
    """A project was started by the award."""
    who, title = ranked.candidate.organisation_name, ranked.candidate.title
    return Words(f"{who}的项目“{title}”已启动", f"{who} started the project “{title}”")
