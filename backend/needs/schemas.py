"""What crosses the wire in needs."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, field

from backend.core.wire import NOT_BLANK, Body, Line, Text, View
from backend.needs.types import (
    ClientGroup,
    NeedCategory,
    NeedState,
    SourceKind,
    Step,
    Urgency,
)

Ref = Annotated[str, Meta(min_length=1, max_length=60, pattern=NOT_BLANK)]
People = Annotated[int, Meta(ge=0, le=1_000_000, description="How many people it concerns")]


class HearNeed(Body):
    """A need heard on a visit, at a meeting or in a suggestion; a survey has its own door.

    `title` is read by the whole community and names nobody; `detail` only by those who keep needs.
    `voiced_by` are residents (person ids) who named it and will be told what becomes of it.
    """

    category: NeedCategory
    title: Line
    detail: Text
    source_kind: Literal["visit", "meeting", "suggestion"]
    source_ref: Ref
    affected_count: People
    client_group: ClientGroup | None = None
    urgency: Urgency = Urgency.NORMAL
    voiced_by: Annotated[list[UUID], Meta(max_length=50)] = field(default_factory=list)


class NeedLine(View):
    """A need as everybody of the community sees it; `step_count` is how much became of it."""

    id: UUID
    place_code: str
    category: NeedCategory
    category_name: str
    title: str
    state: NeedState
    affected_count: int
    step_count: int
    raised_at: datetime


class PrivateView(View):
    """What only those who keep needs read."""

    detail: str
    client_group: ClientGroup | None
    urgency: Urgency
    source_kind: SourceKind
    source_ref: str
    voice_count: int


class NeedStepView(View):
    """A step of what became of a need, with its link."""

    step: Step
    ref_kind: str
    ref_id: str
    text: str
    at: datetime


class NeedView(NeedLine):
    """A need with its steps, oldest first; `private` is null for those who do not keep needs."""

    steps: list[NeedStepView]
    private: PrivateView | None
