"""Writes of organisations: who is on record, who works for whom."""

from uuid import UUID

from backend.core import audit
from backend.core.access import Actor
from backend.core.columns import new_id
from backend.core.db import atomic, fetch_value
from backend.organisations import rules
from backend.organisations.queries import get_organisation
from backend.organisations.types import NewAppointment, NewOrganisation


async def register_organisation(actor: Actor | None, new: NewOrganisation) -> UUID:
    """Put an organisation on record (None: the system); refuses a wrong or known credit code."""
    credit_code = rules.parse_credit_code(new.credit_code) if new.credit_code else None
    async with atomic():
        organisation_id: UUID | None = await fetch_value(
            "INSERT INTO organisations (id, place_code, name, credit_code, kind, status,"
            " created_at) VALUES ($1, $2, $3, $4, $5, $6, linli_now())"
            " ON CONFLICT (credit_code) DO NOTHING RETURNING id",
            new_id(),
            new.place_code,
            new.name,
            credit_code,
            new.kind.value,
            rules.decide_status(credit_code).value,
        )
        if organisation_id is None:
            raise rules.OrganisationAlreadyKnown
        await audit.record(
            "register_organisation",
            actor,
            subject=("organisation", str(organisation_id)),
            place_code=new.place_code,
        )
    return organisation_id


async def appoint_staff(actor: Actor | None, new: NewAppointment) -> UUID:
    """Record that a person works for an organisation; refuses the same function twice at once."""
    async with atomic():
        organisation = await get_organisation(new.organisation_id)
        staff_id: UUID | None = await fetch_value(
            "INSERT INTO organisation_staff (id, organisation_id, person_id, function, from_on)"
            " SELECT $1, $2, $3, $4, coalesce($5, (linli_now() AT TIME ZONE zone)::date)"
            " FROM places WHERE code = $6"
            " ON CONFLICT (organisation_id, person_id, function) WHERE to_on IS NULL"
            " DO NOTHING RETURNING id",
            new_id(),
            new.organisation_id,
            new.person_id,
            new.function.value,
            new.from_on,
            organisation.place_code,
        )
        if staff_id is None:
            raise rules.AlreadyOnStaff
        await audit.record(
            "appoint_staff",
            actor,
            subject=("organisation", str(new.organisation_id)),
            place_code=organisation.place_code,
            facts={"staff_id": str(staff_id), "function": new.function},
        )
    return staff_id
