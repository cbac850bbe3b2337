"""Reading the shifts of one's own community."""

from tests.api import code_of
from tests.people import COMMUNITY
from tests.volunteers.scene import Scene, move_to

SHIFTS = f"/v1/places/{COMMUNITY}/shifts"


async def test_the_next_shift_stands_first_with_its_free_seats(scene: Scene) -> None:
    people = scene.people
    later = await scene.open_shift(days=2)
    sooner = await scene.open_shift(days=1, seats=2)
    await scene.register(people.volunteer)
    await scene.sign_up(sooner, people.volunteer)
    shown = (await scene.api.get(SHIFTS, who=people.volunteer))["items"]
    assert [shift["id"] for shift in shown] == [sooner["id"], later["id"]]
    assert (shown[0]["seats_free"], shown[0]["my_capacity"]) == (1, "volunteer")
    assert (shown[0]["title"], shown[1]["my_capacity"]) == ("晚间陪伴", None)


async def test_pages_follow_one_another(scene: Scene) -> None:
    opened = [(await scene.open_shift(days=days))["id"] for days in (1, 2, 3)]
    first = await scene.api.get(SHIFTS, who=scene.people.resident, params={"limit": 2})
    rest = await scene.api.get(
        SHIFTS, who=scene.people.resident, params={"limit": 2, "after": first["next"]}
    )
    assert [shift["id"] for shift in first["items"] + rest["items"]] == opened
    assert rest["next"] is None


async def test_what_is_over_is_listed_from_a_day_on(scene: Scene) -> None:
    shift = await scene.open_shift()
    await move_to(shift["ends"])
    assert (await scene.api.get(SHIFTS, who=scene.people.resident))["items"] == []
    day = shift["starts"].date().isoformat()
    for moment in (day, f"{day}T00:00:00Z", f"{day}T00:00:00+08:00"):
        found = await scene.api.get(SHIFTS, who=scene.people.resident, params={"from": moment})
        assert [one["id"] for one in found["items"]] == [shift["id"]]


async def test_eve_finds_nothing(scene: Scene) -> None:
    await scene.open_shift()
    assert code_of(await scene.api.get(SHIFTS, who=scene.people.eve, expect=404)) == "not-found"


async def test_what_cannot_be_read_is_malformed(scene: Scene) -> None:
    for params in ({"from": "gestern"}, {"from": "0001-01-01T00:00:00+10:00"}, {"after": "!"}):
        problem = await scene.api.get(SHIFTS, who=scene.people.resident, params=params, expect=400)
        assert code_of(problem) == "malformed-request"
