"""Residents answer, once each; four statements beside the transaction's own."""

from uuid import UUID

from backend.community.queries import is_resident
from backend.core import audit
from backend.core.access import Actor, Permission
from backend.core.columns import new_id
from backend.core.db import atomic, fetch
from backend.surveys import queries, rules
from backend.surveys.schemas import ResponseView, SubmitResponse


async def submit_response(actor: Actor, survey_id: UUID, order: SubmitResponse) -> ResponseView:
    """Take one resident's answers, once; the deadline is judged under the lock, by our clock."""
    async with atomic():
        survey = await queries.get_survey_for(
            actor, survey_id, Permission.TAKE_PART, queries.Hold.ANSWERING
        )
        rules.require_open(rules.decide_state(survey.period))
        rules.require_resident(is_resident=await is_resident(actor.person_id, survey.place_code))
        rules.require_valid_answers(survey.questionnaire, order.answers)
        response = ResponseView(
            id=new_id(),
            survey_id=survey_id,
            answers=rules.without_blanks(order.answers),
            client_id=order.client_id,
            answered_at=rules.decide_answered_at(order.answered_at, survey.period.at),
            received_at=survey.period.at,
        )
        await _insert(actor.person_id, response)
        await audit.record(
            "submit_response",
            actor,
            subject=("survey_response", str(response.id)),
            place_code=survey.place_code,
            facts={"survey_id": survey_id},
        )
    return response


async def _insert(person_id: UUID, response: ResponseView) -> None:
    """A second one of the same person is refused by `survey_responses_once`."""
    await fetch(
        "INSERT INTO survey_responses (id, survey_id, person_id, answers, client_id, answered_at,"
        " received_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        response.id,
        response.survey_id,
        person_id,
        response.answers,
        response.client_id,
        response.answered_at,
        response.received_at,
    )
