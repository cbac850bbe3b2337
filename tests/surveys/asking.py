"""A survey as staff draft and open it, and answers as a phone sends them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from backend.core.db import fetch_value
from tests.api import Api
from tests.people import COMMUNITY, People, Someone

SURVEYS = f"/v1/places/{COMMUNITY}/surveys"
CARE = {
    "id": "care",
    "type": "multiple",
    "zh": "家里老人最需要哪些照护？",
    "en": "Which care do the elderly of your home need most?",
    "required": True,
    "min_choices": 1,
    "max_choices": 2,
    "options": [
        {"id": "evening", "zh": "傍晚照护", "en": "Evening care", "category": "elderly",
         "client_group": "elderly_alone"},
        {"id": "meals", "zh": "助餐", "en": "Meals", "category": "elderly"},
        {"id": "other", "zh": "其他", "en": "Other"},
    ],
}  # fmt: skip
HOME = {
    "id": "home",
    "type": "single",
    "zh": "您和谁一起住？",
    "en": "With whom do you live?",
    "required": True,
    "options": [
        {"id": "alone", "zh": "独居", "en": "Alone"},
        {"id": "family", "zh": "和家人", "en": "With family"},
    ],
}
WORDS = {
    "id": "words",
    "type": "text",
    "zh": "还有什么想说的？",
    "en": "Anything else?",
    "required": False,
    "max_length": 20,
}
QUESTIONNAIRE: dict[str, Any] = {"questions": [HOME, CARE, WORDS]}
ANSWERS: dict[str, Any] = {"home": "family", "care": ["evening", "meals"], "words": "晚上没人陪"}
DRAFT: dict[str, Any] = {
    "title": "养老服务需求调查",
    "purpose": "了解老人最需要的照护，用于确定今年的服务项目。",
    "questionnaire": QUESTIONNAIRE,
}


async def drafted(api: Api, people: People, **changes: Any) -> str:
    """The id of a new draft."""
    draft = await api.post(SURVEYS, DRAFT | changes, who=people.social_worker)
    return str(draft["id"])


async def opened(api: Api, people: People, days: int = 7) -> str:
    """The id of a survey that takes answers for some days."""
    survey_id = await drafted(api, people)
    body = {"closes_at": await after(timedelta(days=days))}
    await api.post(f"/v1/surveys/{survey_id}/opening", body, who=people.social_worker)
    return survey_id


async def answered(api: Api, survey_id: str, who: Someone, **changes: Any) -> Any:
    """What the phone gets for its answers; a change to None leaves the question out."""
    answers = {name: given for name, given in (ANSWERS | changes).items() if given is not None}
    return await api.post(f"/v1/surveys/{survey_id}/responses", sheet(answers), who=who)


def sheet(answers: dict[str, Any] | None = None, at: str = "2024-05-01T10:00:00Z") -> Any:
    """The body that a phone sends."""
    given = ANSWERS if answers is None else answers
    return {"answers": given, "client_id": str(uuid4()), "answered_at": at}


async def after(step: timedelta) -> str:
    """A moment from now, by the database's clock."""
    at: datetime = await fetch_value("SELECT linli_now()")
    return (at + step).astimezone(UTC).isoformat()


async def audited(event: str) -> list[dict[str, Any]]:
    """The audit rows of an event in this database, as facts with subject and place."""
    rows = await fetch_value(
        "SELECT jsonb_agg(to_jsonb(a) ORDER BY id) FROM audit_events a WHERE event = $1", event
    )
    return list(rows or [])
