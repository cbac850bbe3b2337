"""Values of organisations."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class OrganisationKind(StrEnum):
    """社会组织, 社工机构, and the residents' own 社区社会组织."""

    SOCIAL_ORGANISATION = "social_organisation"
    AGENCY = "agency"
    COMMUNITY_ORGANISATION = "community_organisation"


class OrganisationStatus(StrEnum):
    """登记, 备案 (both may act, SS-02), 暂停."""

    REGISTERED = "registered"
    FILED = "filed"
    SUSPENDED = "suspended"


class StaffFunction(StrEnum):
    """What a person does for an organisation; only a manager acts in its name."""

    MANAGER = "manager"
    SOCIAL_WORKER = "social_worker"
    FINANCE = "finance"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """An organisation to put on record; a filed one may have no credit code."""

    place_code: str
    name: str
    kind: OrganisationKind
    credit_code: str | None = None


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """An organisation with the chain of codes of its place."""

    id: UUID
    name: str
    place_code: str
    path: str
    status: OrganisationStatus
    kind: OrganisationKind


@dataclass(frozen=True, slots=True)
class NewAppointment:
    """A person starts to work for an organisation (None: today)."""

    organisation_id: UUID
    person_id: UUID
    function: StaffFunction
    from_on: date | None = None
