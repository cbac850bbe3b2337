"""What crosses the wire in surveys."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from backend.core.wire import Body, Line, Text, View
from backend.needs.types import ClientGroup, NeedCategory, Urgency
from backend.surveys.types import Answer, Identifier, Questionnaire, SurveyState

Moment = Annotated[datetime, Meta(tz=True, description="RFC 3339 with an offset")]
QuestionId = Annotated[str, Meta(min_length=1, max_length=40)]
OneAnswer = (
    Annotated[str, Meta(max_length=2000)]
    | Annotated[list[Annotated[str, Meta(max_length=40)]], Meta(max_length=30)]
)
GivenAnswers = Annotated[
    dict[QuestionId, OneAnswer],
    Meta(
        max_length=50,
        description="By question id: an option's id, a list of option ids, or a text",
        examples=[{"who": "parent", "care": ["evening", "meals"], "words": "傍晚最需要有人陪。"}],
    ),
]


class CreateSurvey(Body):
    """A draft; the questionnaire may follow."""

    title: Line
    purpose: Text
    questionnaire: Questionnaire | None = None


class OpenSurvey(Body):
    """Until when answers are taken: in the future, at most a year away."""

    closes_at: Moment


class SubmitResponse(Body):
    """One person's answers; `client_id` is the draft's id on the phone."""

    answers: GivenAnswers
    client_id: UUID
    answered_at: Moment


class RaiseSurveyNeed(Body):
    """A need that many chose; without a category of its own it takes the option's."""

    question_id: Identifier
    option_id: Identifier
    title: Line
    detail: Text
    urgency: Urgency
    category: NeedCategory | None = None
    client_group: ClientGroup | None = None


class SurveyItem(View):
    """A survey in a list."""

    id: UUID
    place_code: str
    title: str
    state: SurveyState
    questions: int
    opens_at: datetime | None
    closes_at: datetime | None
    created_at: datetime


class SurveyView(View):
    """A survey; once opened, the hash is of the questionnaire's canonical JSON (keys sorted)."""

    id: UUID
    place_code: str
    title: str
    purpose: str
    mode: str
    state: SurveyState
    questionnaire: Questionnaire
    questionnaire_sha256: str | None
    opens_at: datetime | None
    closes_at: datetime | None
    created_at: datetime


class ResponseView(View):
    """One's own answers, as they count."""

    id: UUID
    survey_id: UUID
    answers: dict[str, Answer]
    client_id: UUID
    answered_at: datetime
    received_at: datetime


class OptionResult(View):
    """How many chose an option; `share` stands over the question's base, `84/200`."""

    option_id: str
    zh: str
    en: str
    count: int
    share: str | None
    need_id: UUID | None


class QuestionResult(View):
    """One question's figures: `base` is how many answered it; texts are the newest 1,000."""

    question_id: str
    type: str
    zh: str
    en: str
    base: int
    options: list[OptionResult]
    texts: list[str]


class SurveyResultsView(View):
    """What came in so far; final once the survey is closed."""

    survey_id: UUID
    state: SurveyState
    responses: int
    questions: list[QuestionResult]


class SurveyNeedView(View):
    """The need that was raised, and how many named it."""

    need_id: UUID
    survey_id: UUID
    question_id: str
    option_id: str
    category: NeedCategory
    voices: int
