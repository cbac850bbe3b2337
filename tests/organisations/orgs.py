"""Organisations as the tests put them on record."""

from uuid import UUID

from backend.organisations.actions import appoint_staff, register_organisation
from backend.organisations.types import (
    NewAppointment,
    NewOrganisation,
    OrganisationKind,
    StaffFunction,
)
from tests.people import STREET, Someone

CREDIT_CODE = "91350100M000100Y43"


async def put_on_record(
    manager: Someone | None = None,
    *,
    name: str = "暮光助老社",
    kind: OrganisationKind = OrganisationKind.COMMUNITY_ORGANISATION,
    place_code: str = STREET,
    credit_code: str | None = None,
) -> UUID:
    """An organisation, with a manager if one is given; its id."""
    organisation_id = await register_organisation(
        None, NewOrganisation(place_code, name, kind, credit_code)
    )
    if manager is not None:
        await appoint(organisation_id, manager, StaffFunction.MANAGER)
    return organisation_id


async def appoint(organisation_id: UUID, someone: Someone, function: StaffFunction) -> UUID:
    """Somebody starts to work for an organisation today."""
    return await appoint_staff(None, NewAppointment(organisation_id, someone.person_id, function))
