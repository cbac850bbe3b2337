"""Giving one's seat back."""

from datetime import timedelta

from backend.core.db import fetch_one, fetch_value
from tests.api import code_of
from tests.volunteers.scene import Scene, move_to


async def test_the_seat_is_free_for_somebody_else(scene: Scene) -> None:
    people, shift = scene.people, await scene.open_shift(seats=1)
    await scene.register(people.volunteer, people.second_volunteer)
    await scene.sign_up(shift, people.volunteer)
    await scene.api.delete(f"/v1/shifts/{shift['id']}/sign-ups", who=people.volunteer)
    assert (await scene.sign_up(shift, people.second_volunteer))["seat"] == 1
    problem = await scene.sign_up(shift, people.volunteer, expect=409)
    assert code_of(problem) == "shift-full"


async def test_nobody_gives_back_what_is_not_hers(scene: Scene) -> None:
    people, shift = scene.people, await scene.open_shift()
    path = f"/v1/shifts/{shift['id']}/sign-ups"
    await scene.register(people.volunteer)
    await scene.sign_up(shift, people.volunteer)
    assert code_of(await scene.api.delete(path, who=people.eve, expect=404)) == "not-found"
    problem = await scene.api.delete(path, who=people.neighbour, expect=409)
    assert code_of(problem) == "not-signed-up"
    assert await fetch_value("SELECT count(*) FROM sign_ups WHERE cancelled_at IS NULL") == 1


async def test_once_it_began_it_is_too_late(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.open_shift()
    await scene.register(volunteer)
    await scene.sign_up(shift, volunteer)
    await move_to(shift["starts"])
    path = f"/v1/shifts/{shift['id']}/sign-ups"
    problem = await scene.api.delete(path, who=volunteer, expect=409)
    assert code_of(problem) == "cancellation-too-late"


async def test_after_checking_in_it_is_too_late(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.open_shift()
    await scene.register(volunteer)
    await scene.sign_up(shift, volunteer)
    await move_to(shift["starts"] - timedelta(minutes=10))
    await scene.scan(shift, volunteer, "in")
    path = f"/v1/shifts/{shift['id']}/sign-ups"
    problem = await scene.api.delete(path, who=volunteer, expect=409)
    assert code_of(problem) == "cancellation-too-late"


async def test_it_leaves_the_sign_up_on_record(scene: Scene) -> None:
    volunteer, shift = scene.people.volunteer, await scene.open_shift()
    await scene.register(volunteer)
    await scene.sign_up(shift, volunteer)
    await scene.api.delete(f"/v1/shifts/{shift['id']}/sign-ups", who=volunteer)
    row = await fetch_one("SELECT seat, cancelled_at FROM sign_ups")
    assert row["seat"] is None
    assert row["cancelled_at"] is not None
    assert (
        await fetch_value("SELECT count(*) FROM audit_events WHERE event = 'cancel_sign_up'") == 1
    )
