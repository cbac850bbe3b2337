"""Putting oneself on the volunteer register."""

from backend.core import audit, clock
from backend.core.access import Actor, Permission, Role
from backend.core.columns import new_id
from backend.core.db import atomic, fetch, fetch_value
from backend.identity.actions import grant_roles
from backend.identity.types import NewGrant
from backend.places.queries import get_place_for
from backend.volunteers import rules
from backend.volunteers.schemas import RegisterVolunteer, VolunteerProfileView


async def register_volunteer(actor: Actor, order: RegisterVolunteer) -> VolunteerProfileView:
    """Register the actor at her community, give her a unified number and the role of a volunteer.

    The number comes from a sequence: unique for ever, with gaps where a registration failed.
    """
    code = order.place_code or rules.decide_community(actor.grants)
    async with atomic():
        place = await get_place_for(actor, code, Permission.TAKE_PART)
        rules.require_community(place)
        at = await clock.now()
        serial = await fetch_value("SELECT nextval('volunteer_numbers')")
        number = rules.volunteer_number(place.path, serial)
        await fetch(
            "INSERT INTO volunteer_profiles (id, person_id, place_code, number, skills,"
            " registered_at) VALUES ($1, $2, $3, $4, $5, $6)",
            new_id(),
            actor.person_id,
            place.code,
            number,
            order.skills,
            at,
        )
        await _give_role(actor, place.code)
        await audit.record(
            "register_volunteer",
            actor,
            subject=("volunteer", number),
            place_code=place.code,
            facts={"skills": len(order.skills)},
        )
    return VolunteerProfileView(
        number=number,
        person_id=actor.person_id,
        place_code=place.code,
        skills=order.skills,
        registered_at=at,
    )


async def _give_role(actor: Actor, place_code: str) -> None:
    held = {(grant.role, grant.place_code) for grant in actor.grants}
    if (Role.VOLUNTEER, place_code) not in held:
        await grant_roles([NewGrant(actor.account_id, Role.VOLUNTEER, place_code)])
