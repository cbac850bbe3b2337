"""Values of surveys: the questionnaire as data, and what rules know of a survey.

A questionnaire refuses fields that it does not know, so that nothing is asked by accident.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from backend.core.wire import NOT_BLANK
from backend.needs.types import ClientGroup, NeedCategory

Identifier = Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9_-]{0,19}$", examples=["evening-care"])]
Words = Annotated[str, Meta(min_length=1, max_length=200, pattern=NOT_BLANK)]
Choices = Annotated[int, Meta(ge=1, le=30)]
Answer = str | list[str]
Answers = Mapping[str, Answer]


class SurveyState(StrEnum):
    """What the clock says of a survey: 草稿, 进行中, 已截止."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Option(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something to choose; with a category, what many chose can be raised as a need."""

    id: Identifier
    zh: Words
    en: Words
    category: NeedCategory | None = None
    client_group: ClientGroup | None = None


Options = Annotated[Sequence[Option], Meta(min_length=2, max_length=30)]


class SingleQuestion(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="type", tag="single"
):
    """One option is chosen (单选); the answer is its id."""

    id: Identifier
    zh: Words
    en: Words
    required: bool = True
    options: Options


class MultipleQuestion(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="type", tag="multiple"
):
    """From `min_choices` to `max_choices` options are chosen (多选); the answer is their ids."""

    id: Identifier
    zh: Words
    en: Words
    required: bool = True
    options: Options
    min_choices: Choices = 1
    max_choices: Choices


class TextQuestion(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="type", tag="text"
):
    """An answer in one's own words (填空), at most `max_length` characters."""

    id: Identifier
    zh: Words
    en: Words
    required: bool = True
    max_length: Annotated[int, Meta(ge=1, le=2000)] = 500


ChoiceQuestion = SingleQuestion | MultipleQuestion
Question = SingleQuestion | MultipleQuestion | TextQuestion


class Questionnaire(Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked, in order; a draft may still be empty."""

    questions: Annotated[Sequence[Question], Meta(max_length=50)] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """From when until when answers are taken, and the moment `at` by which that is judged."""

    opens_at: datetime | None
    closes_at: datetime | None
    at: datetime


@dataclass(frozen=True, slots=True)
class SurveyFacts:
    """A survey as it was read; `path` is its place's chain of codes."""

    id: UUID
    place_code: str
    path: str
    title: str
    purpose: str
    mode: str
    questionnaire: Questionnaire
    questionnaire_sha256: str | None
    period: Period
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one question or its answer, and how to mend it."""

    question_id: str
    reason: str
    zh: str
    en: str
