"""A running project as the tests start it."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from backend.projects.actions import start_project
from backend.projects.types import NewProject
from tests.builders import actor_of
from tests.organisations.orgs import put_on_record
from tests.people import COMMUNITY, People


def new_project(organisation_id: UUID, **changes: Any) -> NewProject:
    """A project of 20,000 yuan at the community."""
    facts: dict[str, Any] = {
        "place_code": COMMUNITY,
        "need_id": None,
        "organisation_id": organisation_id,
        "title": "暮光陪伴",
        "summary": "为高龄独居老人提供晚间陪伴。",
        "award_ref": f"award-{uuid4()}",
        "budget_fen": 2_000_000,
        "policy_key": "shushan-2019",
        "policy_version": "1",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
    }
    return NewProject(**facts | changes)


async def start(people: People, **changes: Any) -> UUID:
    """Start a project of the manager's organisation; its id."""
    organisation_id = changes.pop("organisation_id", None) or await put_on_record(people.manager)
    return await start_project(
        await actor_of(people.street_officer), new_project(organisation_id, **changes)
    )
