"""Tables of surveys."""

from typing import Any

import msgspec
from piccolo.columns import JSONB, UUID
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from backend.core.columns import key, moment, place, refers_to, text, word
from backend.surveys.types import Period, Questionnaire, SurveyFacts


class Survey(Table, tablename="surveys"):
    """A survey (问卷): a draft until opened; then its questionnaire is frozen and hashed."""

    id = key()
    place_code = place()
    title = word(200)
    purpose = text()
    mode = word(10)
    questionnaire = JSONB(default=None)
    questionnaire_sha256 = word(64, null=True)
    opens_at = moment(null=True)
    closes_at = moment(null=True)
    created_by = refers_to("Account")
    created_at = moment()

    surveys_mode = Check("mode = 'named'")
    surveys_period = Check("closes_at > opens_at")


class SurveyResponse(Table, tablename="survey_responses"):
    """One person's answers, once for each survey; `client_id` is the draft's id on the phone."""

    id = key()
    survey_id = refers_to("Survey")
    person_id = refers_to("Person", index=True)
    answers = JSONB(default=None)
    client_id = UUID(default=None)
    answered_at = moment()
    received_at = moment()

    survey_responses_once = Unique([survey_id, person_id])


class SurveyNeed(Table, tablename="survey_needs"):
    """The need that was raised from an option, once for each; its voices are in needs."""

    id = key()
    survey_id = refers_to("Survey")
    question_id = word(20)
    option_id = word(20)
    need_id = refers_to("Need", index=True)

    survey_needs_once = Unique([survey_id, question_id, option_id])


def facts(row: Any) -> SurveyFacts:
    """A row of `surveys` with its place's `path`, read at the moment `at`."""
    return SurveyFacts(
        id=row["id"],
        place_code=row["place_code"],
        path=row["path"],
        title=row["title"],
        purpose=row["purpose"],
        mode=row["mode"],
        questionnaire=msgspec.convert(row["questionnaire"], type=Questionnaire),
        questionnaire_sha256=row["questionnaire_sha256"],
        period=Period(row["opens_at"], row["closes_at"], row["at"]),
        created_at=row["created_at"],
    )
