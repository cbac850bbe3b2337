"""Decisions of a community."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from backend.core.problems import Kind, Refusal


class SeatAlreadyHeld(Refusal):
    """A person sits in a body once."""

    kind = Kind.CONFLICT
    code = "seat-already-held"
    zh = "此人已是该组织成员。"
    en = "This person sits in that body already."
    constraint = "body_memberships_current_once"


class ChairTaken(Refusal):
    """A body has one chair at a time."""

    kind = Kind.CONFLICT
    code = "chair-taken"
    zh = "该组织已有主任，请先免去现任。"
    en = "That body has a chair already; end that seat first."
    constraint = "body_memberships_chair_once"


class NotAResident(Refusal):
    """Only confirmed residents of the community sit in its bodies."""

    kind = Kind.INVALID
    code = "not-a-resident"
    zh = "此人不是本社区已确认的居民。"
    en = "This person is not a confirmed resident of the community."


def require_resident(*, is_resident: bool) -> None:
    """Refuse a person who does not live in the community."""
    if not is_resident:
        raise NotAResident


def day_at(place_zone: str, at: datetime) -> date:
    """The day that the calendar of the place shows."""
    return at.astimezone(ZoneInfo(place_zone)).date()


def decide_role_start(from_on: date, place_zone: str, at: datetime) -> datetime | None:
    """The role of a seat begins with the seat's first day there; None: at once."""
    if from_on <= day_at(place_zone, at):
        return None
    return datetime.combine(from_on, time(), ZoneInfo(place_zone))
