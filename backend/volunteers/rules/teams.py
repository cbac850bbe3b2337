"""Who may stand in a 三工 team, and as what (SS-30: 党工 + 社工 + 义工)."""

from backend.core.access import Role
from backend.core.problems import Kind, Refusal
from backend.volunteers.types import Capacity

_ROLES = {
    Capacity.PARTY_WORKER: Role.PARTY_WORKER,
    Capacity.SOCIAL_WORKER: Role.SOCIAL_WORKER,
    Capacity.VOLUNTEER: Role.VOLUNTEER,
}


class NotAVolunteer(Refusal):
    """Only people on this community's volunteer register join a team as volunteers."""

    kind = Kind.INVALID
    code = "not-a-volunteer"
    zh = "此人尚未在本社区登记为志愿者，请本人先登记，再加入团队。"
    en = "This person is not on this community's volunteer register; register first."


class RoleNotHeld(Refusal):
    """A 党工 or 社工 of the team is one of this place, by role."""

    kind = Kind.INVALID
    code = "team-role-not-held"
    zh = "此人在本社区没有相应身份（党务工作者或社工），请先授予角色，或改用其他身份加入。"
    en = "This person does not hold that role here; grant it first or choose another capacity."


class AlreadyInTeam(Refusal):
    """A person stands in a team once in each capacity."""

    kind = Kind.CONFLICT
    code = "already-in-team"
    zh = "此人已以该身份加入本团队。"
    en = "This person is in the team in that capacity already."
    constraint = "team_members_once"


class ProjectElsewhere(Refusal):
    """A team and its activities serve projects of their own place."""

    kind = Kind.INVALID
    code = "team-project-elsewhere"
    zh = "该项目不属于本社区，请选择本社区的项目。"
    en = "That project belongs to another place; choose one of this place."


def role_of(capacity: Capacity) -> Role:
    """The role at the place that goes with a capacity."""
    return _ROLES[capacity]


def admit_member(capacity: Capacity, *, is_registered: bool, holds_role: bool) -> None:
    """A volunteer is on the register; a 党工 or 社工 holds that role at the place."""
    if capacity is Capacity.VOLUNTEER:
        if not is_registered:
            raise NotAVolunteer
    elif not holds_role:
        raise RoleNotHeld


def require_same_place(project_place: str, team_place: str) -> None:
    """The project is one of the team's own place."""
    if project_place != team_place:
        raise ProjectElsewhere
