"""Taking a seat of a shift."""

from uuid import uuid4

from backend.core.db import fetch_value
from tests.api import code_of
from tests.volunteers.scene import Scene, move_to


async def test_everybody_in_the_team_signs_up_in_her_capacity(scene: Scene) -> None:
    people = scene.people
    await scene.register(people.volunteer)
    await scene.add_member(people.party_worker, "party_worker")
    await scene.add_member(people.social_worker, "social_worker")
    shift = await scene.open_shift(seats=3)
    seats = [
        (await scene.sign_up(shift, someone, capacity))["seat"]
        for someone, capacity in (
            (people.party_worker, "party_worker"),
            (people.social_worker, "social_worker"),
            (people.volunteer, "volunteer"),
        )
    ]
    assert seats == [1, 2, 3]


async def test_eve_finds_no_shift(scene: Scene) -> None:
    shift = await scene.open_shift()
    await scene.register(scene.people.eve)
    problem = await scene.sign_up(shift, scene.people.eve, expect=404)
    assert code_of(problem) == "not-found"
    await scene.sign_up({"id": uuid4()}, scene.people.volunteer, expect=404)


async def test_a_capacity_must_be_held(scene: Scene) -> None:
    people, shift = scene.people, await scene.open_shift()
    for someone, capacity in (
        (people.neighbour, "volunteer"),
        (people.social_worker, "social_worker"),
        (people.party_worker, "party_worker"),
    ):
        problem = await scene.sign_up(shift, someone, capacity, expect=403)
        assert code_of(problem) == "capacity-not-held"


async def test_paid_staff_of_the_team_are_no_volunteers_of_its_shifts(scene: Scene) -> None:
    people, shift = scene.people, await scene.open_shift()
    for someone, capacity in (
        (people.party_worker, "party_worker"),
        (people.social_worker, "social_worker"),
    ):
        await scene.register(someone)
        await scene.add_member(someone, "volunteer")
        await scene.add_member(someone, capacity)
        problem = await scene.sign_up(shift, someone, expect=403)
        assert code_of(problem) == "duty-not-volunteering"
        assert (await scene.sign_up(shift, someone, capacity))["capacity"] == capacity


async def test_staff_of_no_team_volunteer_like_everybody(scene: Scene) -> None:
    worker, shift = scene.people.party_worker, await scene.open_shift()
    await scene.register(worker)
    assert (await scene.sign_up(shift, worker))["capacity"] == "volunteer"


async def test_a_full_shift_takes_nobody(scene: Scene) -> None:
    people, shift = scene.people, await scene.open_shift(seats=1)
    await scene.register(people.volunteer, people.second_volunteer)
    await scene.sign_up(shift, people.volunteer)
    problem = await scene.sign_up(shift, people.second_volunteer, expect=409)
    assert code_of(problem) == "shift-full"


async def test_nobody_holds_two_seats(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.open_shift()
    await scene.register(volunteer)
    await scene.sign_up(shift, volunteer)
    assert code_of(await scene.sign_up(shift, volunteer, expect=409)) == "already-signed-up"


async def test_a_shift_that_is_over_takes_nobody(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.open_shift()
    await scene.register(volunteer)
    await move_to(shift["ends"])
    assert code_of(await scene.sign_up(shift, volunteer, expect=409)) == "sign-ups-closed"


async def test_it_needs_a_key_and_happens_once_under_it(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.open_shift()
    await scene.register(volunteer)
    missing = await scene.sign_up(shift, volunteer, key=None, expect=400)
    assert code_of(missing) == "idempotency-key-missing"
    key = str(uuid4())
    first = await scene.sign_up(shift, volunteer, key=key)
    assert await scene.sign_up(shift, volunteer, key=key) == first
    other = await scene.sign_up(shift, volunteer, "party_worker", key=key, expect=422)
    assert code_of(other) == "idempotency-key-reused"
    assert await fetch_value("SELECT count(*) FROM sign_ups") == 1


async def test_a_refused_attempt_leaves_the_key_free(scene: Scene) -> None:
    volunteer, shift, key = scene.people.volunteer, await scene.open_shift(), str(uuid4())
    await scene.sign_up(shift, volunteer, key=key, expect=403)
    await scene.register(volunteer)
    assert (await scene.sign_up(shift, volunteer, key=key))["seat"] == 1


async def test_it_leaves_an_audit_row(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.open_shift()
    await scene.register(volunteer)
    await scene.sign_up(shift, volunteer)
    facts = await fetch_value("SELECT facts FROM audit_events WHERE event = 'sign_up'")
    assert facts == {"capacity": "volunteer", "seat": 1}
