"""Who becomes a volunteer, where, and under which number (SS-33: 应登尽登、不漏登、不错登)."""

import re
from collections.abc import Iterable

from backend.core.access import ROLES, Grant, Permission, Role
from backend.core.problems import Kind, Refusal
from backend.places.types import PlaceFacts, PlaceKind

_OFFICIAL_COUNTY = re.compile(r"[0-9]{6}", re.ASCII)


class AlreadyRegistered(Refusal):
    """A person stands on the volunteer register once, under one number."""

    kind = Kind.CONFLICT
    code = "volunteer-already-registered"
    zh = "您已登记为志愿者，无需重复登记。"
    en = "You are on the volunteer register already."
    constraint = "volunteer_profiles_once"


class CommunityUnclear(Refusal):
    """A volunteer is registered at one community, and it must be named where it is not obvious."""

    kind = Kind.INVALID
    code = "volunteer-community-unclear"
    zh = "请选择要在哪个社区登记为志愿者；街道和区不办理登记。"
    en = "Say with place_code at which community you register."


def decide_community(grants: Iterable[Grant]) -> str:
    """The community of a person who named none: where she lives, else the only one she is in."""
    here = [grant for grant in grants if Permission.TAKE_PART in ROLES[grant.role]]
    homes = {grant.place_code for grant in here if grant.role is Role.RESIDENT}
    places = homes or {grant.place_code for grant in here}
    if len(places) != 1:
        raise CommunityUnclear
    return places.pop()


def require_community(place: PlaceFacts) -> None:
    """A register is kept by a community (社区), never by a street or a district."""
    if place.kind is not PlaceKind.COMMUNITY:
        raise CommunityUnclear


def volunteer_number(place_path: str, serial: int) -> str:
    """The unified number, `V-340104-000123`: the county that the community is in, and a serial.

    `place_path` is the chain of codes; raises `ValueError` where no county is in it.
    """
    counties = [code for code in place_path.split("/") if _OFFICIAL_COUNTY.fullmatch(code)]
    if not counties:
        raise ValueError(f"no county in the chain of codes {place_path!r}")
    return f"V-{counties[-1]}-{serial:06d}"
