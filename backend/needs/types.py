"""Values of needs: what is asked for, for whom, where it was heard and how far it got."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class NeedCategory(StrEnum):
    """The top level of the needs taxonomy (需求分类)."""

    ELDERLY = "elderly"
    CHILDREN = "children"
    DISABILITY = "disability"
    HARDSHIP = "hardship"
    HEALTH = "health"
    CULTURE = "culture"
    ENVIRONMENT = "environment"
    PROPERTY = "property"
    PARKING_SECURITY = "parking_security"
    SAFETY_DISPUTES = "safety_disputes"
    CONVENIENCE = "convenience"
    PARTICIPATION = "participation"


CATEGORY_NAMES: dict[NeedCategory, tuple[str, str]] = {
    NeedCategory.ELDERLY: ("为老", "elderly"),
    NeedCategory.CHILDREN: ("为小", "children"),
    NeedCategory.DISABILITY: ("为残", "disability"),
    NeedCategory.HARDSHIP: ("为困", "hardship"),
    NeedCategory.HEALTH: ("健康", "health"),
    NeedCategory.CULTURE: ("文化与学习", "culture and learning"),
    NeedCategory.ENVIRONMENT: ("环境卫生", "environment and sanitation"),
    NeedCategory.PROPERTY: ("物业管理", "property management"),
    NeedCategory.PARKING_SECURITY: ("停车安保", "parking and security"),
    NeedCategory.SAFETY_DISPUTES: ("平安与调解", "safety and disputes"),
    NeedCategory.CONVENIENCE: ("便民服务", "convenience services"),
    NeedCategory.PARTICIPATION: ("参与和邻里", "participation and neighbourliness"),
}


class ClientGroup(StrEnum):
    """Whom a need concerns (服务对象); sensitive, so only who keeps the needs reads it."""

    LOW_INCOME = "low_income"
    SOCIAL_RELIEF = "social_relief"
    ELDERLY_ALONE = "elderly_alone"
    CHILDREN_IN_HARDSHIP = "children_in_hardship"
    ORPHANS_AND_UNATTENDED = "orphans_and_unattended"
    LOST_ONLY_CHILD = "lost_only_child"
    DOMESTIC_VIOLENCE = "domestic_violence"
    SINGLE_PARENTS = "single_parents"
    DISABLED = "disabled"
    COMMUNITY_CORRECTION = "community_correction"
    DRUG_REHABILITATION = "drug_rehabilitation"
    LEFT_BEHIND = "left_behind"
    HOMELESS = "homeless"
    MENTAL_DISORDERS = "mental_disorders"
    YOUTH_IN_TROUBLE = "youth_in_trouble"
    EXTREME_HARDSHIP = "extreme_hardship"
    REGISTERED_POOR = "registered_poor"
    FAMILIES_OF_DRUG_USERS_AND_PRISONERS = "families_of_drug_users_and_prisoners"


class Urgency(StrEnum):
    """How soon an answer is needed."""

    NORMAL = "normal"
    URGENT = "urgent"


class SourceKind(StrEnum):
    """Where a need was heard; `source_ref` names the survey, visit, meeting or suggestion."""

    SURVEY = "survey"
    VISIT = "visit"
    MEETING = "meeting"
    SUGGESTION = "suggestion"


class NeedState(StrEnum):
    """How far a need got (需求状态)."""

    RAISED = "raised"
    GROUPED = "grouped"
    ANSWERED = "answered"
    DELIVERED = "delivered"
    RATED = "rated"
    DECLINED = "declined"


class Step(StrEnum):
    """What may become of a need; each step is told to everybody who named it."""

    TOPIC_PROPOSED = "topic_proposed"
    DECIDED = "decided"
    CALL_OPENED = "call_opened"
    AWARDED = "awarded"
    PROJECT_STARTED = "project_started"
    DELIVERED = "delivered"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class NewNeed:
    """A need as it was heard: the public title and the private detail are apart."""

    place_code: str
    category: NeedCategory
    client_group: ClientGroup | None
    title: str
    detail: str
    urgency: Urgency
    affected_count: int
    source_kind: SourceKind
    source_ref: str


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step with its link; the text is one public sentence on what happened, in both languages."""

    step: Step
    ref_kind: str
    ref_id: str
    text_zh: str
    text_en: str


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """A need as other rooms know it; `path` is its place's chain of codes."""

    id: UUID
    place_code: str
    path: str
    title: str
    state: NeedState
    category: NeedCategory
    affected_count: int


@dataclass(frozen=True, slots=True)
class StepMessage:
    """What those who named a need read about a step."""

    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
