"""Reads of the volunteer register."""

from uuid import UUID

from backend.core.db import fetch_one, fetch_value
from backend.core.problems import NotFound
from backend.volunteers.schemas import VolunteerProfileView


async def get_volunteer_profile(person_id: UUID) -> VolunteerProfileView:
    """A person's own line of the register; not found where she is not registered."""
    row = await fetch_one("SELECT * FROM volunteer_profiles WHERE person_id = $1", person_id)
    if row is None:
        raise NotFound
    return VolunteerProfileView(
        number=row["number"],
        person_id=row["person_id"],
        place_code=row["place_code"],
        skills=row["skills"],
        registered_at=row["registered_at"],
    )


async def is_volunteer_at(person_id: UUID, place_path: str) -> bool:
    """Whether a person is on the register of a place or of one below it."""
    return bool(
        await fetch_value(
            "SELECT EXISTS (SELECT 1 FROM volunteer_profiles v JOIN places p"
            " ON p.code = v.place_code WHERE v.person_id = $1 AND starts_with(p.path, $2))",
            person_id,
            place_path,
        )
    )
