"""What many chose becomes a need, with their voices."""

from uuid import UUID

from backend.core import audit
from backend.core.access import Actor, Permission
from backend.core.columns import new_id
from backend.core.db import atomic, fetch
from backend.needs.actions import raise_need
from backend.needs.types import NewNeed, SourceKind
from backend.surveys import queries, rules
from backend.surveys.schemas import RaiseSurveyNeed, SurveyNeedView


async def raise_survey_need(
    actor: Actor, survey_id: UUID, order: RaiseSurveyNeed
) -> SurveyNeedView:
    """Raise a need from an option: its voices are the people who have chosen it so far."""
    async with atomic():
        survey = await queries.get_survey_for(actor, survey_id, Permission.KEEP_NEEDS)
        option = rules.find_option(survey.questionnaire, order.question_id, order.option_id)
        category = rules.choose_category(order.category, option)
        voices = await queries.list_voices(survey_id, order.question_id, option.id)
        rules.require_voices(voices)
        new = NewNeed(
            place_code=survey.place_code,
            category=category,
            client_group=order.client_group or option.client_group,
            title=order.title,
            detail=order.detail,
            urgency=order.urgency,
            affected_count=len(voices),
            source_kind=SourceKind.SURVEY,
            source_ref=rules.source_ref(survey_id, order.question_id, option.id),
        )
        view = SurveyNeedView(
            need_id=await raise_need(actor, new, voices),
            survey_id=survey_id,
            question_id=order.question_id,
            option_id=option.id,
            category=category,
            voices=len(voices),
        )
        await _link(actor, view, survey.place_code)
    return view


async def _link(actor: Actor, view: SurveyNeedView, place_code: str) -> None:
    """A second need from the same option is refused by `survey_needs_once`."""
    await fetch(
        "INSERT INTO survey_needs (id, survey_id, question_id, option_id, need_id)"
        " VALUES ($1, $2, $3, $4, $5)",
        new_id(),
        view.survey_id,
        view.question_id,
        view.option_id,
        view.need_id,
    )
    await audit.record(
        "raise_survey_need",
        actor,
        subject=("survey", str(view.survey_id)),
        place_code=place_code,
        facts={"option": f"{view.question_id}:{view.option_id}", "need_id": view.need_id},
    )
