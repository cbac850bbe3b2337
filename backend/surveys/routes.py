"""HTTP doors of surveys."""

from typing import Annotated
from uuid import UUID

from litestar import Router
from litestar.params import FromPath, JSONBody, QueryParameter

from backend.core.access import Permission
from backend.core.doors import Asking, OneTime, get, post, put
from backend.core.paging import After, Limit
from backend.core.wire import Page
from backend.surveys import actions, queries, rules
from backend.surveys.schemas import (
    CreateSurvey,
    OpenSurvey,
    RaiseSurveyNeed,
    ResponseView,
    SubmitResponse,
    SurveyItem,
    SurveyNeedView,
    SurveyResultsView,
    SurveyView,
)
from backend.surveys.types import Questionnaire, SurveyState

InState = Annotated[SurveyState | None, QueryParameter(name="state")]
"""The name `state` is Litestar's own."""


@post(
    "/places/{code:str}/surveys",
    needs=Permission.RUN_SURVEYS,
    refuses=(rules.SurveyNeedsCommunity, rules.QuestionnaireInvalid),
)
async def create_survey(
    actor: Asking, code: FromPath[str], data: JSONBody[CreateSurvey], once: OneTime
) -> SurveyView:
    """Draft a survey for the residents of a community."""
    return await once.run(lambda: actions.create_survey(actor, code, data), SurveyView)


@get("/places/{code:str}/surveys", needs=Permission.SIGNED_IN)
async def list_surveys(
    actor: Asking,
    code: FromPath[str],
    in_state: InState = None,
    limit: Limit = 20,
    after: After = None,
) -> Page[SurveyItem]:
    """List the surveys of your place, newest first; drafts only for those who run them."""
    return await queries.list_surveys(actor, code, in_state, limit, after)


@get("/surveys/{survey_id:uuid}", needs=Permission.SIGNED_IN)
async def get_survey(actor: Asking, survey_id: FromPath[UUID]) -> SurveyView:
    """Read a survey of your place with its questionnaire."""
    return await queries.get_survey_view(actor, survey_id)


@put(
    "/surveys/{survey_id:uuid}/questionnaire",
    needs=Permission.RUN_SURVEYS,
    refuses=(rules.QuestionnaireInvalid, rules.QuestionnaireFrozen),
)
async def write_questionnaire(
    actor: Asking, survey_id: FromPath[UUID], data: JSONBody[Questionnaire]
) -> SurveyView:
    """Replace the questions of a draft."""
    return await actions.write_questionnaire(actor, survey_id, data)


@post(
    "/surveys/{survey_id:uuid}/opening",
    needs=Permission.RUN_SURVEYS,
    refuses=(rules.SurveyAlreadyOpened, rules.QuestionnaireEmpty, rules.ClosingTimeInvalid),
)
async def open_survey(
    actor: Asking, survey_id: FromPath[UUID], data: JSONBody[OpenSurvey], once: OneTime
) -> SurveyView:
    """Open a survey until a time.

    Its questionnaire is frozen from then on, and hashed so that anybody can check what was asked.
    """
    return await once.run(lambda: actions.open_survey(actor, survey_id, data.closes_at), SurveyView)


@post(
    "/surveys/{survey_id:uuid}/closure",
    needs=Permission.RUN_SURVEYS,
    refuses=(rules.SurveyNotOpen, rules.SurveyClosed),
)
async def close_survey(actor: Asking, survey_id: FromPath[UUID], once: OneTime) -> SurveyView:
    """Close an open survey now; every answer that was acknowledged counts."""
    return await once.run(lambda: actions.close_survey(actor, survey_id), SurveyView)


@post(
    "/surveys/{survey_id:uuid}/responses",
    needs=Permission.TAKE_PART,
    refuses=(
        rules.SurveyNotOpen,
        rules.SurveyClosed,
        rules.ResidentsOnly,
        rules.AnswersInvalid,
        rules.AlreadyAnswered,
    ),
    key=True,
)
async def submit_response(
    actor: Asking, survey_id: FromPath[UUID], data: JSONBody[SubmitResponse], once: OneTime
) -> ResponseView:
    """Answer a survey of your community, once.

    A phone that lost the answer sends the same key again and gets the same answer. `answered_at`
    is kept beside the time of receipt, which alone decides about the deadline.
    """
    return await once.run(lambda: actions.submit_response(actor, survey_id, data), ResponseView)


@get("/surveys/{survey_id:uuid}/responses/mine", needs=Permission.SIGNED_IN)
async def get_my_response(actor: Asking, survey_id: FromPath[UUID]) -> ResponseView:
    """Read your own answers."""
    return await queries.get_my_response(actor, survey_id)


@get("/surveys/{survey_id:uuid}/results", needs=Permission.RUN_SURVEYS)
async def get_survey_results(actor: Asking, survey_id: FromPath[UUID]) -> SurveyResultsView:
    """Count the answers: each share stands over the number who answered that question."""
    return await queries.get_survey_results(actor, survey_id)


@post(
    "/surveys/{survey_id:uuid}/needs",
    needs=Permission.KEEP_NEEDS,
    refuses=(
        rules.OptionUnknown,
        rules.NeedCategoryMissing,
        rules.NobodyChoseOption,
        rules.SurveyNeedRaised,
    ),
)
async def raise_survey_need(
    actor: Asking, survey_id: FromPath[UUID], data: JSONBody[RaiseSurveyNeed], once: OneTime
) -> SurveyNeedView:
    """Raise a need from an option; everybody who chose it hears what becomes of it."""
    return await once.run(lambda: actions.raise_survey_need(actor, survey_id, data), SurveyNeedView)


router = Router(
    "/v1",
    route_handlers=[
        create_survey,
        list_surveys,
        get_survey,
        write_questionnaire,
        open_survey,
        close_survey,
        submit_response,
        get_my_response,
        get_survey_results,
        raise_survey_need,
    ],
    tags=["surveys"],
)
