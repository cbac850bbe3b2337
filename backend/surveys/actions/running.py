"""A survey is drafted, opened once, and closed; closing waits for answers being written."""

from datetime import datetime
from uuid import UUID

from backend.core import audit
from backend.core.access import Actor, Permission
from backend.core.columns import new_id
from backend.core.db import atomic, fetch
from backend.places.queries import get_place_for
from backend.surveys import queries, rules
from backend.surveys.schemas import CreateSurvey, SurveyView
from backend.surveys.types import Questionnaire

RUN = Permission.RUN_SURVEYS


async def create_survey(actor: Actor, place_code: str, order: CreateSurvey) -> SurveyView:
    """Draft a survey for a community, with its questionnaire or still without."""
    place = await get_place_for(actor, place_code, RUN)
    rules.require_community(place.kind)
    questionnaire = order.questionnaire or Questionnaire()
    rules.require_sound_questionnaire(questionnaire)
    survey_id = new_id()
    async with atomic():
        await fetch(
            "INSERT INTO surveys (id, place_code, title, purpose, mode, questionnaire, created_by,"
            " created_at) VALUES ($1, $2, $3, $4, 'named', $5, $6, linli_now())",
            survey_id,
            place.code,
            order.title,
            order.purpose,
            questionnaire,
            actor.account_id,
        )
        return await _recorded("create_survey", actor, survey_id)


async def write_questionnaire(
    actor: Actor, survey_id: UUID, questionnaire: Questionnaire
) -> SurveyView:
    """Replace the questions of a draft."""
    async with atomic():
        survey = await queries.get_survey_for(actor, survey_id, RUN, queries.Hold.CHANGING)
        rules.require_draft(rules.decide_state(survey.period))
        rules.require_sound_questionnaire(questionnaire)
        await fetch("UPDATE surveys SET questionnaire = $2 WHERE id = $1", survey_id, questionnaire)
        return await _recorded("write_questionnaire", actor, survey_id)


async def open_survey(actor: Actor, survey_id: UUID, closes_at: datetime) -> SurveyView:
    """Freeze and hash the questionnaire, and take answers until `closes_at`."""
    async with atomic():
        survey = await queries.get_survey_for(actor, survey_id, RUN, queries.Hold.CHANGING)
        rules.require_unopened(rules.decide_state(survey.period))
        rules.require_questions(survey.questionnaire)
        rules.require_closing_time(closes_at, survey.period.at)
        await fetch(
            "UPDATE surveys SET questionnaire_sha256 = $2, opens_at = $3, closes_at = $4"
            " WHERE id = $1",
            survey_id,
            rules.hash_questionnaire(survey.questionnaire),
            survey.period.at,
            closes_at,
        )
        return await _recorded("open_survey", actor, survey_id)


async def close_survey(actor: Actor, survey_id: UUID) -> SurveyView:
    """End an open survey now; every answer that was acknowledged counts."""
    async with atomic():
        survey = await queries.get_survey_for(actor, survey_id, RUN, queries.Hold.CHANGING)
        rules.require_open(rules.decide_state(survey.period))
        await fetch("UPDATE surveys SET closes_at = $2 WHERE id = $1", survey_id, survey.period.at)
        return await _recorded("close_survey", actor, survey_id)


async def _recorded(event: str, actor: Actor, survey_id: UUID) -> SurveyView:
    """Audit the change and read the survey as it stands now."""
    view = await queries.get_survey_view(actor, survey_id)
    await audit.record(
        event,
        actor,
        subject=("survey", str(survey_id)),
        place_code=view.place_code,
        facts={
            "questions": len(view.questionnaire.questions),
            "sha256": view.questionnaire_sha256,
            "closes_at": view.closes_at,
        },
    )
    return view
