"""How a representative meeting must be made up (居委会法 §28, 村委会法 §25)."""

from backend.core.problems import Kind, Refusal
from backend.meetings.types import Finding
from backend.polls.types import Composition, Span

_GROUPS_ZH = {"representatives": "居民代表", "women": "妇女代表"}


class CompositionUnlawful(Refusal):
    """Too few representatives beside the committee, or too few women among them."""

    kind = Kind.CONFLICT
    code = "composition-unlawful"
    zh = "会议组成不符合规定：{group_zh}只有 {have} 人，至少须 {needed} 人，请先补选。"
    en = "The meeting is not lawfully made up: {have} {group}, at least {needed} are needed."


def require_composition(
    composition: Composition,
    committee: int,
    representatives: int,
    households: int,
    women: int | None = None,
) -> tuple[Finding, ...]:
    """Representatives are ≥ 4/5 of committee and representatives; women where the rule says so.

    The share is refused, the ratio of one representative to 20–50 households is only reported.
    `women` are the women among the representatives, their share is of the whole composition
    (村委会法 §25); None leaves that test out.
    """
    if min(committee, representatives, households) < 0:
        raise ValueError("counts are not negative")
    num, den = composition.representatives_num, composition.representatives_den
    members = committee + representatives
    if members == 0 or representatives * den < members * num:
        _refuse("representatives", representatives, _needed_beside(committee, num, den))
    women_needed = -(-members * composition.women_num // composition.women_den)
    if women is not None and women < women_needed:
        _refuse("women", women, women_needed)
    return _ratio_findings(composition.households_per_representative, representatives, households)


def _refuse(group: str, have: int, needed: int) -> None:
    raise CompositionUnlawful(group=group, group_zh=_GROUPS_ZH[group], have=have, needed=needed)


def _needed_beside(committee: int, num: int, den: int) -> int:
    return max(1, -(-committee * num // (den - num)))


def _ratio_findings(
    span: Span | None, representatives: int, households: int
) -> tuple[Finding, ...]:
    if span is None:
        return ()
    least, most = -(-households // span.most), households // span.least
    if least <= representatives <= most:
        return ()
    zh = f"{households} 户应推选居民代表 {least} 至 {most} 人，现有 {representatives} 人。"
    en = (
        f"{households} households elect {least} to {most} representatives; {representatives} stand."
    )
    return (Finding("representatives-per-household", zh, en),)
