"""Reads of responses: one's own, and whose voices an option has."""

from uuid import UUID

import msgspec

from backend.core.access import Actor
from backend.core.db import fetch, fetch_one
from backend.core.problems import NotFound
from backend.surveys.schemas import ResponseView


async def get_my_response(actor: Actor, survey_id: UUID) -> ResponseView:
    """One's own answers; they stay readable after the survey and after moving away."""
    row = await fetch_one(
        "SELECT * FROM survey_responses WHERE survey_id = $1 AND person_id = $2",
        survey_id,
        actor.person_id,
    )
    if row is None:
        raise NotFound
    return msgspec.convert(dict(row), type=ResponseView)


async def list_voices(survey_id: UUID, question_id: str, option_id: str) -> list[UUID]:
    """The people who chose an option."""
    rows = await fetch(
        "SELECT person_id FROM survey_responses WHERE survey_id = $1"
        " AND answers->$2 @> to_jsonb($3::text) ORDER BY person_id",
        survey_id,
        question_id,
        option_id,
    )
    return [row["person_id"] for row in rows]
