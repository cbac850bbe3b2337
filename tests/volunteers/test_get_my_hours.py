"""Reading one's own hours."""

from tests.api import code_of
from tests.volunteers.scene import Scene, set_scene

HOURS = "/v1/me/hours"


async def test_entries_and_totals_by_ledger_and_capacity(scene: Scene) -> None:
    people = scene.people
    worker = people.social_worker
    await scene.register(worker)
    await scene.add_member(worker, "social_worker")
    elsewhere = await set_scene(scene.api, people)
    shifts = [await scene.open_shift(days=1)]
    shifts += [await elsewhere.open_shift(days=day) for day in (2, 3)]
    for shift, capacity in zip(shifts, ("social_worker", "volunteer", "volunteer"), strict=True):
        await scene.sign_up(shift, worker, capacity)
        await scene.serve(shift, worker)
    path = f"/v1/shifts/{shifts[1]['id']}/hours-confirmation"
    await scene.api.post(path, who=people.chair)
    hours = await scene.api.get(HOURS, who=worker, params={"limit": 2})
    assert hours["totals"] == [
        {"ledger": "volunteer", "capacity": "volunteer", "minutes": 240, "confirmed_minutes": 120},
        {"ledger": "duty", "capacity": "social_worker", "minutes": 120, "confirmed_minutes": 0},
    ]
    assert [entry["shift_id"] for entry in hours["items"]] == [shifts[2]["id"], shifts[1]["id"]]
    assert hours["items"][1]["confirmed_at"] is not None
    rest = await scene.api.get(HOURS, who=worker, params={"after": hours["next"]})
    assert [entry["ledger"] for entry in rest["items"]] == ["duty"]
    assert rest["next"] is None


async def test_nobody_sees_the_hours_of_others(scene: Scene) -> None:
    people, shift = scene.people, await scene.open_shift()
    await scene.register(people.volunteer)
    await scene.sign_up(shift, people.volunteer)
    await scene.serve(shift, people.volunteer)
    for someone in (people.eve, people.neighbour):
        assert await scene.api.get(HOURS, who=someone) == {"totals": [], "items": [], "next": None}
    assert code_of(await scene.api.get(HOURS, expect=401)) == "not-signed-in"
