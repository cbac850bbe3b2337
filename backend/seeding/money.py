"""The demo's organisations with their managers, and the street fund with money in it."""

from collections.abc import Mapping
from uuid import UUID

from backend.core.access import Actor, Grant, Role
from backend.core.columns import new_id
from backend.core.db import fetch_value
from backend.grants.actions import create_fund, record_contribution
from backend.grants.schemas import CreateFund, RecordContribution
from backend.organisations.actions import appoint_staff, register_organisation
from backend.organisations.types import (
    NewAppointment,
    NewOrganisation,
    OrganisationKind,
    StaffFunction,
)
from backend.places.queries import get_place
from backend.seeding.people import FUND_NAME, ORGANISATIONS, STREET

FIRST_CONTRIBUTION_FEN = 20_000_000
"""200,000 yuan."""


async def load_money(people: Mapping[str, UUID]) -> None:
    """Register the organisations of the demo, appoint their managers, fill the street fund."""
    for organisation in ORGANISATIONS:
        organisation_id = await register_organisation(
            None,
            NewOrganisation(
                place_code=organisation.place_code,
                name=organisation.name,
                kind=OrganisationKind(organisation.kind),
                credit_code=organisation.credit_code,
            ),
        )
        await appoint_staff(
            None,
            NewAppointment(organisation_id, people[organisation.manager], StaffFunction.MANAGER),
        )
    officer = await _street_officer(people["jiedao"])
    fund = await create_fund(officer, CreateFund(place_code=STREET, name=FUND_NAME))
    await record_contribution(
        officer,
        fund.id,
        RecordContribution(
            amount_fen=FIRST_CONTRIBUTION_FEN, giver="街道办事处", reference="2026-拨-001"
        ),
    )


async def _street_officer(person_id: UUID) -> Actor:
    """The street officer, acting while the demo is made: no session, only the role."""
    account_id = await fetch_value("SELECT id FROM accounts WHERE person_id = $1", person_id)
    place = await get_place(STREET)
    grants = (Grant(Role.STREET_OFFICER, place.code, place.path),)
    return Actor(account_id, person_id, new_id(), "", grants)
