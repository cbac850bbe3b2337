"""Starting the project of an award."""

from datetime import date

import pytest
from asyncpg import CheckViolationError

from backend.core.db import atomic, fetch_one
from backend.projects.actions import start_project
from backend.projects.queries import get_project
from backend.projects.rules import ProjectAlreadyStarted
from backend.projects.types import ProjectState
from tests.builders import actor_of
from tests.organisations.orgs import put_on_record
from tests.people import COMMUNITY, People
from tests.projects.running import new_project, start


async def test_a_project_starts_running(people: People) -> None:
    project = await get_project(await start(people))
    assert (project.title, project.place_code) == ("暮光陪伴", COMMUNITY)
    assert project.state is ProjectState.RUNNING
    assert project.path.endswith(f"/{COMMUNITY}/")


async def test_one_award_starts_one_project(people: People) -> None:
    actor, new = await actor_of(people.street_officer), new_project(await put_on_record())
    await start_project(actor, new)
    with pytest.raises(ProjectAlreadyStarted):
        await start_project(actor, new)


async def test_a_project_without_money_or_time_cannot_be_stored(people: People) -> None:
    for changes in ({"budget_fen": 0}, {"ends_on": date(2026, 1, 1)}):
        with pytest.raises(CheckViolationError):
            async with atomic():
                await start(people, **changes)


async def test_it_leaves_an_audit_row(people: People) -> None:
    project_id = await start(people)
    row = await fetch_one(
        "SELECT * FROM audit_events WHERE event = 'start_project' AND subject_id = $1",
        str(project_id),
    )
    assert row["account_id"] == people.street_officer.account_id
    assert row["facts"]["budget_fen"] == 2_000_000
