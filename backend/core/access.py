"""Permissions: what a role may do, and where.

Route lock: every handler declares `needs=Permission.X`. Row lock: rows load through
`get_x_for(actor, id)`, which asks `actor.may(permission, place_path)`. Rule lock: named rules.
A role holds at a place and everything below it.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Permission(StrEnum):
    """What a handler needs; `PUBLIC` needs no sign-in, `SIGNED_IN` no role."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    MOVE_CLOCK = "move_clock"
    GRANT_ROLES = "grant_roles"
    READ_REGISTER = "read_register"
    KEEP_BODIES = "keep_bodies"
    TAKE_PART = "take_part"
    RUN_SURVEYS = "run_surveys"
    KEEP_NEEDS = "keep_needs"
    CONVENE_MEETINGS = "convene_meetings"
    SIT_IN_MEETINGS = "sit_in_meetings"
    KEEP_FUNDS = "keep_funds"
    RUN_CALLS = "run_calls"
    APPLY_FOR_GRANTS = "apply_for_grants"
    SCORE_APPLICATIONS = "score_applications"
    LEAD_TEAMS = "lead_teams"
    READ_PROJECTS = "read_projects"


P = Permission


class Role(StrEnum):
    """The roles that an account may hold at a place."""

    RESIDENT = "resident"
    VOLUNTEER = "volunteer"
    REPRESENTATIVE = "representative"
    COMMITTEE_MEMBER = "committee_member"
    COMMITTEE_CHAIR = "committee_chair"
    PARTY_WORKER = "party_worker"
    SOCIAL_WORKER = "social_worker"
    COMMUNITY_WORKER = "community_worker"
    GRID_WORKER = "grid_worker"
    ORGANISATION_MANAGER = "organisation_manager"
    REVIEWER = "reviewer"
    STREET_OFFICER = "street_officer"
    PURCHASER = "purchaser"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: dict[Role, tuple[str, str]] = {
    Role.RESIDENT: ("居民", "resident"),
    Role.VOLUNTEER: ("志愿者", "volunteer"),
    Role.REPRESENTATIVE: ("居民代表", "residents' representative"),
    Role.COMMITTEE_MEMBER: ("居委会委员", "committee member"),
    Role.COMMITTEE_CHAIR: ("居委会主任", "committee chair"),
    Role.PARTY_WORKER: ("党务工作者", "party worker"),
    Role.SOCIAL_WORKER: ("社工", "social worker"),
    Role.COMMUNITY_WORKER: ("社区工作者", "community worker"),
    Role.GRID_WORKER: ("网格员", "grid worker"),
    Role.ORGANISATION_MANAGER: ("社会组织负责人", "organisation manager"),
    Role.REVIEWER: ("评审专家", "expert reviewer"),
    Role.STREET_OFFICER: ("街道工作人员", "street officer"),
    Role.PURCHASER: ("民政购买方", "civil affairs purchaser"),
    Role.ADMINISTRATOR: ("系统管理员", "administrator"),
}

_RESIDENT = frozenset({P.TAKE_PART, P.READ_PROJECTS})
_STAFF = _RESIDENT | {P.READ_REGISTER, P.LEAD_TEAMS}

ROLES: dict[Role, frozenset[Permission]] = {
    Role.RESIDENT: _RESIDENT,
    Role.VOLUNTEER: frozenset({P.READ_PROJECTS}),
    Role.REPRESENTATIVE: _RESIDENT | {P.SIT_IN_MEETINGS},
    Role.COMMITTEE_MEMBER: _RESIDENT | {P.SIT_IN_MEETINGS, P.READ_REGISTER},
    Role.COMMITTEE_CHAIR: _STAFF | {P.SIT_IN_MEETINGS, P.CONVENE_MEETINGS, P.KEEP_BODIES},
    Role.PARTY_WORKER: _STAFF,
    Role.SOCIAL_WORKER: _STAFF | {P.RUN_SURVEYS, P.KEEP_NEEDS},
    Role.COMMUNITY_WORKER: _STAFF | {P.RUN_SURVEYS, P.KEEP_NEEDS},
    Role.GRID_WORKER: frozenset({P.READ_REGISTER, P.READ_PROJECTS}),
    Role.ORGANISATION_MANAGER: frozenset({P.APPLY_FOR_GRANTS, P.READ_PROJECTS}),
    Role.REVIEWER: frozenset({P.SCORE_APPLICATIONS}),
    Role.STREET_OFFICER: frozenset({P.KEEP_FUNDS, P.RUN_CALLS, P.READ_PROJECTS, P.READ_REGISTER}),
    Role.PURCHASER: frozenset({P.READ_PROJECTS, P.READ_REGISTER}),
    Role.ADMINISTRATOR: frozenset({P.GRANT_ROLES, P.MOVE_CLOCK}),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role at a place: `path` is the place's chain of codes, `/340000/…/340104-L01/`."""

    role: Role
    place_code: str
    path: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking: the account behind a valid session and the roles it holds right now."""

    account_id: UUID
    person_id: UUID
    session_id: UUID
    name: str
    grants: tuple[Grant, ...]

    def may(self, permission: Permission, place_path: str) -> bool:
        """Whether a role that allows `permission` covers the place with this path."""
        return any(
            place_path.startswith(grant.path) and permission in ROLES[grant.role]
            for grant in self.grants
        )

    def may_somewhere(self, permission: Permission) -> bool:
        """Whether any role at any place allows `permission`: the route lock."""
        return permission in (P.PUBLIC, P.SIGNED_IN) or any(
            permission in ROLES[grant.role] for grant in self.grants
        )

    def paths_of(self, permission: Permission) -> list[str]:
        """The places (by path) at which, and below which, some role allows `permission`."""
        return [grant.path for grant in self.grants if permission in ROLES[grant.role]]

    def belongs_to(self, place_path: str) -> bool:
        """Whether any role holds at this place, above it or below it: who may read its life."""
        return any(
            place_path.startswith(grant.path) or grant.path.startswith(place_path)
            for grant in self.grants
        )
