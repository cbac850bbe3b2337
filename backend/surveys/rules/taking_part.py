"""Who may answer, and how often."""

from datetime import UTC, datetime, timedelta

from backend.core.problems import Kind, Refusal
from backend.places.types import PlaceKind

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=1)


class ResidentsOnly(Refusal):
    """A survey of a community is answered by its confirmed residents."""

    kind = Kind.FORBIDDEN
    code = "residents-only"
    zh = "本问卷由本社区居民填写。如您住在本社区，请先联系社区登记居住信息。"
    en = "Residents of this community answer this survey. If you live here, register first."


class SurveyNeedsCommunity(Refusal):
    """Residency is kept by communities: a survey of a street or a district has nobody to answer."""

    kind = Kind.INVALID
    code = "survey-needs-community"
    zh = "问卷由社区居民填写，只能在社区发起。请选择一个社区；街道和区请由所辖社区分别发起。"
    en = "Residents of a community answer a survey, so make it at a community, one for each."


class AlreadyAnswered(Refusal):
    """One person answers a survey once."""

    kind = Kind.CONFLICT
    code = "already-answered"
    zh = "您已经填写过这份问卷，每人只能填写一次。"
    en = "You have answered this survey already; each person answers once."
    constraint = "survey_responses_once"


def require_community(kind: PlaceKind) -> None:
    """A survey is made where its residents are registered."""
    if kind is not PlaceKind.COMMUNITY:
        raise SurveyNeedsCommunity


def require_resident(*, is_resident: bool) -> None:
    """Only who lives there is asked."""
    if not is_resident:
        raise ResidentsOnly


def decide_answered_at(claimed: datetime, received_at: datetime) -> datetime:
    """When the phone says that it was answered: kept for the record, no deadline asks for it.

    A clock that is plainly wrong (before 2000, over a day ahead) gives way to `received_at`.
    """
    return claimed if _EARLIEST <= claimed <= received_at + _AHEAD else received_at
