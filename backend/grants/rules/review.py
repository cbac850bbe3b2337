"""Who reviews (评审), who stands back (回避), and what a score sheet holds.

The size of the panel, the rubric and the grounds for recusal come from the pack.
"""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from backend.core.problems import Kind, Refusal
from backend.policies.types import RecusalGround, Review


class PanelSizeWrong(Refusal):
    """As many different reviewers as the pack says, no more and no fewer."""

    kind = Kind.INVALID
    code = "panel-size-wrong"
    zh = "评审组应为 {needed} 名不同的评审人员，现为 {given} 名，请调整。"
    en = "The panel has {needed} different reviewers, not {given}; change the list."


class PanelMemberUnfit(Refusal):
    """Only a reviewer (评审专家) of the place sits on its panels."""

    kind = Kind.INVALID
    code = "panel-member-unfit"
    zh = "评审组名单中有 {count} 人不是本地的评审专家，请更换。"
    en = "{count} of the people on the panel are no reviewers here; replace them."


class ReviewerWorksForApplicant(Refusal):
    """Nobody judges money for the organisation she works for."""

    kind = Kind.INVALID
    code = "reviewer-works-for-applicant"
    zh = "有 {count} 名评审人员在申报组织任职，应当回避，请更换评审人员。"
    en = "{count} of the reviewers work for an applicant and stand back; replace them."


class PanelAlreadyAssigned(Refusal):
    """A call has one panel."""

    kind = Kind.CONFLICT
    code = "panel-already-assigned"
    zh = "本次征集的评审组已经确定，不能重复指定。"
    en = "The call has its panel already."
    constraint = "panel_members_seat_once"


class NotOnPanel(Refusal):
    """Only who was assigned to the call scores its applications."""

    kind = Kind.FORBIDDEN
    code = "not-on-panel"
    zh = "您不在本次征集的评审组中，不能评分。"
    en = "You are not on this call's panel, so you cannot score."


class AlreadyScored(Refusal):
    """A score is given once and stands."""

    kind = Kind.CONFLICT
    code = "already-scored"
    zh = "您已为该申报书评分，评分不能修改。"
    en = "You have scored this application; a score stands."
    constraint = "scores_once"


class PointsInvalid(Refusal):
    """Points for every criterion of the rubric and no other, each within its maximum."""

    kind = Kind.INVALID
    code = "points-invalid"
    zh = "请按评分表为每一项打分，且不超过该项满分：{rubric_zh}。"
    en = "Give points for each criterion, within its maximum: {rubric_en}."


def admit_panel(reviewers: Sequence[UUID], fit: Collection[UUID], review: Review) -> None:
    """Refuse a panel of another size than the pack's, or with people who are no reviewers here."""
    needed, given = review.panel_size.value, len(set(reviewers))
    if given != needed or len(reviewers) != needed:
        raise PanelSizeWrong(needed=needed, given=given)
    unfit = [str(person) for person in reviewers if person not in fit]
    if unfit:
        raise PanelMemberUnfit(count=len(unfit), reviewer_ids=unfit)


def require_no_staff(
    reviewers: Sequence[UUID], staff: Mapping[UUID, Collection[UUID]], review: Review
) -> None:
    """回避: refuse reviewers among the staff of an applicant, where the pack has this ground."""
    if RecusalGround.WORKS_FOR_APPLICANT not in review.recusal.value:
        return
    close = {person for people in staff.values() for person in people}
    recused = [str(person) for person in reviewers if person in close]
    if recused:
        raise ReviewerWorksForApplicant(count=len(recused), reviewer_ids=recused)


def require_on_panel(reviewer: UUID, panel: Collection[UUID]) -> None:
    """Refuse a score from anybody who was not assigned."""
    if reviewer not in panel:
        raise NotOnPanel


def score_points(points: Mapping[str, int], review: Review) -> int:
    """The total of a score sheet (0 to 100); refuses one that is not filled in as the rubric."""
    most = {row.value.key: row.value.max_points for row in review.rubric}
    within = all(0 <= points.get(key, -1) <= limit for key, limit in most.items())
    if points.keys() != most.keys() or not within:
        raise PointsInvalid(
            rubric_zh="、".join(
                f"{row.value.name.zh}（{row.value.key}）0–{row.value.max_points}"
                for row in review.rubric
            ),
            rubric_en=", ".join(
                f"{row.value.name.en} ({row.value.key}) 0–{row.value.max_points}"
                for row in review.rubric
            ),
        )
    return sum(points.values())
