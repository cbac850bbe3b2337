"""What a meeting decided, in the words that are published (决定)."""

from datetime import date, datetime, timedelta

from backend.core.problems import Kind, Refusal
from backend.meetings.types import Decided, WayKind
from backend.polls.types import Outcome

PUBLISH_DAYS = 15
"""居委会法 §34: decisions are public for 15 days at least."""

LONGEST_DUE = timedelta(days=3_660)

_WAYS_ZH = {
    WayKind.FUND: "社区专项基金（微创投）",
    WayKind.COMMITTEE: "居民委员会办理",
    WayKind.REFERRAL: "转交有关部门办理",
}
_WAYS_EN = {
    WayKind.FUND: "the community fund (micro-venture)",
    WayKind.COMMITTEE: "the residents' committee",
    WayKind.REFERRAL: "referral to the department in charge",
}


class MotionNotPassed(Refusal):
    """Only what was voted on and passed is a decision."""

    kind = Kind.CONFLICT
    code = "motion-not-passed"
    zh = "该事项未表决通过（或尚未计票），不能形成决定。"
    en = "This was not passed, or not counted yet, so it is no decision."


class ResolutionAlreadyAdopted(Refusal):
    """One decision a motion."""

    kind = Kind.CONFLICT
    code = "resolution-already-adopted"
    zh = "该事项已形成决定并公示，不能重复登记。"
    en = "The decision on this was recorded and published already."
    constraint = "resolutions_once"


class DueNotAhead(Refusal):
    """A decision is carried out by a day ahead, within ten years."""

    kind = Kind.INVALID
    code = "due-not-ahead"
    zh = "完成期限须晚于现在，且在十年之内。"
    en = "The due date is later than now and within ten years."


def require_passed(outcome: Outcome | None) -> None:
    """The motion was counted and passed."""
    if outcome is not Outcome.PASSED:
        raise MotionNotPassed(outcome=outcome)


def require_due(due_at: datetime, at: datetime) -> None:
    """Later than now, and not farther than ten years."""
    if not at < due_at <= at + LONGEST_DUE:
        raise DueNotAhead


def publish_days(min_days: int | None) -> int:
    """Days of publication: the rule's, and never below the law's 15."""
    return max(PUBLISH_DAYS, min_days or 0)


def resolution_words(
    decided: Decided, text: str, way: WayKind, *, responsible: str, due_on: date
) -> str:
    """The published text: how it was decided, what, by which way, who answers for it, by when."""
    silent = decided.present - decided.yes - decided.no - decided.abstain
    return (
        f"{decided.meeting_title}就“{decided.question}”进行记名表决：应到 {decided.eligible} 人，"
        f"实到 {decided.present} 人，同意 {decided.yes} 人，反对 {decided.no} 人，"
        f"弃权 {decided.abstain} 人，未投票 {silent} 人，表决通过。\n"
        f"决定：{text}\n落实途径：{_WAYS_ZH[way]}\n责任方：{responsible}\n完成期限：{due_on}"
    )


def step_words(title: str, way: WayKind) -> tuple[str, str]:
    """What those who named the need read, Chinese and English."""
    zh = f"居民代表会议已表决通过“{title}”，落实途径：{_WAYS_ZH[way]}。"
    return zh, f"The meeting passed “{title}”, to be carried out by way of {_WAYS_EN[way]}."
