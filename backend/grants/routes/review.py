"""HTTP doors of review and award."""

from uuid import UUID

from litestar.params import FromPath, JSONBody

from backend.core.access import Permission
from backend.core.doors import Asking, OneTime, get, post
from backend.grants import actions, queries, rules
from backend.grants.schemas import (
    AssignPanel,
    AwardGrant,
    AwardView,
    PanelView,
    RankingView,
    ScoreApplication,
    ScoreView,
)


@post(
    "/calls/{call_id:uuid}/panel",
    needs=Permission.RUN_CALLS,
    refuses=(
        rules.CallNotClosed,
        rules.PanelAlreadyAssigned,
        rules.PanelSizeWrong,
        rules.PanelMemberUnfit,
        rules.ReviewerWorksForApplicant,
    ),
)
async def assign_panel(
    actor: Asking, call_id: FromPath[UUID], data: JSONBody[AssignPanel], once: OneTime
) -> PanelView:
    """Assign the reviewers of a closed call."""
    return await once.run(lambda: actions.assign_panel(actor, call_id, data), PanelView)


@post(
    "/applications/{application_id:uuid}/scores",
    needs=Permission.SCORE_APPLICATIONS,
    refuses=(
        rules.CallNotClosed,
        rules.NotOnPanel,
        rules.ReviewerWorksForApplicant,
        rules.PointsInvalid,
        rules.AlreadyScored,
    ),
)
async def score_application(
    actor: Asking,
    application_id: FromPath[UUID],
    data: JSONBody[ScoreApplication],
    once: OneTime,
) -> ScoreView:
    """Score a submitted application once, by the rubric of the policy pack."""
    return await once.run(lambda: actions.score_application(actor, application_id, data), ScoreView)


@get("/calls/{call_id:uuid}/ranking", needs=Permission.RUN_CALLS)
async def get_ranking(actor: Asking, call_id: FromPath[UUID]) -> RankingView:
    """The order of a call's applications, with exact means and what broke each tie."""
    return await queries.view_ranking(actor, call_id)


@post(
    "/calls/{call_id:uuid}/awards",
    needs=Permission.RUN_CALLS,
    refuses=(
        rules.CallNotClosed,
        rules.CallAlreadyAwarded,
        rules.ScoresMissing,
        rules.NotFirstInRanking,
        rules.AwardTooLarge,
        rules.FundTooSmall,
    ),
)
async def award_grant(
    actor: Asking, call_id: FromPath[UUID], data: JSONBody[AwardGrant], once: OneTime
) -> AwardView:
    """Award the call: money is committed, the award published, the project started."""
    return await once.run(lambda: actions.award_grant(actor, call_id, data), AwardView)
