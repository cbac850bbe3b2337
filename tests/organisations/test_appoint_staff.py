"""Who works for an organisation, and until when."""

from uuid import uuid4

import pytest

from backend.core.db import fetch
from backend.core.problems import NotFound
from backend.organisations.actions import appoint_staff
from backend.organisations.queries import list_managed, list_staff_of, works_for
from backend.organisations.rules import AlreadyOnStaff
from backend.organisations.types import NewAppointment, StaffFunction
from tests.organisations.orgs import appoint, put_on_record
from tests.people import People


async def test_only_a_manager_manages_but_all_staff_work_there(people: People) -> None:
    known = await put_on_record(people.manager)
    await appoint(known, people.resident, StaffFunction.SOCIAL_WORKER)
    assert known in await list_managed(people.manager.person_id)
    assert known not in await list_managed(people.resident.person_id)
    staff = {people.manager.person_id, people.resident.person_id}
    assert await list_staff_of([known]) == {known: staff}
    for someone in (people.manager, people.resident):
        assert await works_for(someone.person_id, known)
    assert not await works_for(people.eve.person_id, known)


async def test_who_left_works_there_no_more_and_may_come_back(people: People) -> None:
    known = await put_on_record(people.manager)
    await fetch("UPDATE organisation_staff SET from_on = '2020-01-01', to_on = '2020-12-31'")
    assert not await works_for(people.manager.person_id, known)
    assert known not in await list_managed(people.manager.person_id)
    await appoint(known, people.manager, StaffFunction.MANAGER)
    assert known in await list_managed(people.manager.person_id)


async def test_who_starts_later_does_not_work_there_yet(people: People) -> None:
    known = await put_on_record(people.manager)
    await fetch("UPDATE organisation_staff SET from_on = '2199-01-01'")
    assert not await works_for(people.manager.person_id, known)


async def test_the_same_function_twice_at_once_is_refused(people: People) -> None:
    known = await put_on_record(people.manager)
    with pytest.raises(AlreadyOnStaff):
        await appoint(known, people.manager, StaffFunction.MANAGER)
    await appoint(known, people.manager, StaffFunction.SOCIAL_WORKER)


async def test_an_unknown_organisation_is_not_found(people: People) -> None:
    with pytest.raises(NotFound):
        await appoint_staff(
            None, NewAppointment(uuid4(), people.manager.person_id, StaffFunction.MEMBER)
        )
