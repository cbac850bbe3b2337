"""Reads of surveys; who sees one follows from its place, and who runs it."""

from enum import Enum
from typing import Any
from uuid import UUID

from backend.core.access import Actor, Permission
from backend.core.db import fetch, fetch_one
from backend.core.paging import decode_id_cursor, page_of
from backend.core.problems import NotFound
from backend.core.wire import Page
from backend.places.queries import get_place
from backend.surveys import rules
from backend.surveys.schemas import SurveyItem, SurveyView
from backend.surveys.tables import facts
from backend.surveys.types import Period, SurveyFacts, SurveyState

_SURVEY = """
SELECT s.*, p.path, linli_now() AS at
  FROM surveys s JOIN places p ON p.code = s.place_code WHERE s.id = $1
"""

_HELD = """
WITH gate AS MATERIALIZED (SELECT {gate}(hashtextextended($1::uuid::text, 0))),
     survey AS MATERIALIZED (
         SELECT s.*, p.path FROM gate, surveys s JOIN places p ON p.code = s.place_code
          WHERE s.id = $1 FOR {strength} OF s)
SELECT survey.*, linli_now() AS at FROM survey
"""
"""Gate, then row, then clock. The gate is a queue: answers that keep coming hold a row's share
lock between them for ever, and whoever closes the survey would wait until they pause."""


class Hold(Enum):
    """How a survey is held until the end of the transaction: gate and strength."""

    ANSWERING = ("pg_advisory_xact_lock_shared", "SHARE")
    CHANGING = ("pg_advisory_xact_lock", "UPDATE")


_STATEMENTS = {None: _SURVEY} | {
    hold: _HELD.format(gate=hold.value[0], strength=hold.value[1]) for hold in Hold
}

_SURVEYS = """
SELECT s.id, s.place_code, s.title, s.opens_at, s.closes_at, s.created_at, clock.at,
       jsonb_array_length(s.questionnaire->'questions') AS questions
  FROM (SELECT linli_now() AS at) clock, surveys s
 WHERE s.place_code = $1 AND ($2 OR s.opens_at <= clock.at)
   AND ($3::text IS NULL OR $3 = CASE WHEN s.opens_at IS NULL OR clock.at < s.opens_at THEN 'draft'
        WHEN clock.at < s.closes_at THEN 'open' ELSE 'closed' END)
   AND ($4::uuid IS NULL OR s.id < $4) ORDER BY s.id DESC LIMIT $5
"""


async def get_survey_for(
    actor: Actor, survey_id: UUID, permission: Permission, hold: Hold | None = None
) -> SurveyFacts:
    """A survey at whose place the actor may do this, held where it is about to change.

    Answers do not wait for one another; a change waits for all that are being written. A draft
    is seen by those who run surveys there, and by nobody else.
    """
    survey = await _read(survey_id, hold)
    if not actor.may(permission, survey.path) or _is_hidden(actor, survey):
        raise NotFound
    return survey


async def get_survey_view(actor: Actor, survey_id: UUID) -> SurveyView:
    """A survey of a place that the actor belongs to."""
    survey = await _read(survey_id)
    if not actor.belongs_to(survey.path) or _is_hidden(actor, survey):
        raise NotFound
    return view_survey(survey)


async def _read(survey_id: UUID, hold: Hold | None = None) -> SurveyFacts:
    row = await fetch_one(_STATEMENTS[hold], survey_id)
    if row is None:
        raise NotFound
    return facts(row)


def _is_hidden(actor: Actor, survey: SurveyFacts) -> bool:
    state = rules.decide_state(survey.period)
    return state is SurveyState.DRAFT and not actor.may(Permission.RUN_SURVEYS, survey.path)


def view_survey(survey: SurveyFacts) -> SurveyView:
    """A survey as it stood at the moment it was read."""
    return SurveyView(
        id=survey.id,
        place_code=survey.place_code,
        title=survey.title,
        purpose=survey.purpose,
        mode=survey.mode,
        state=rules.decide_state(survey.period),
        questionnaire=survey.questionnaire,
        questionnaire_sha256=survey.questionnaire_sha256,
        opens_at=survey.period.opens_at,
        closes_at=survey.period.closes_at,
        created_at=survey.created_at,
    )


async def list_surveys(
    actor: Actor, place_code: str, state: SurveyState | None, limit: int, after: str | None
) -> Page[SurveyItem]:
    """The surveys of a place, newest first; drafts only for those who run them."""
    place = await get_place(place_code)
    if not actor.belongs_to(place.path):
        raise NotFound
    rows = await fetch(
        _SURVEYS,
        place.code,
        actor.may(Permission.RUN_SURVEYS, place.path),
        state,
        decode_id_cursor(after),
        limit + 1,
    )
    return page_of(rows, limit, _item, lambda row: (row["id"],))


def _item(row: Any) -> SurveyItem:
    return SurveyItem(
        id=row["id"],
        place_code=row["place_code"],
        title=row["title"],
        state=rules.decide_state(Period(row["opens_at"], row["closes_at"], row["at"])),
        questions=row["questions"],
        opens_at=row["opens_at"],
        closes_at=row["closes_at"],
        created_at=row["created_at"],
    )
