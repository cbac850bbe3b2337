"""The code on the screen, as text and as a drawing."""

from datetime import datetime, timedelta

from tests.api import code_of
from tests.volunteers.scene import Scene, now


async def test_a_leader_sees_the_code_of_this_moment(scene: Scene) -> None:
    shift = await scene.open_shift()
    path = f"/v1/shifts/{shift['id']}/check-in-code"
    shown = {
        direction: await scene.api.get(
            path, who=scene.people.party_worker, params={"direction": direction}
        )
        for direction in ("in", "out")
    }
    assert shown["in"]["code"] != shown["out"]["code"]
    assert shown["in"]["step_s"] == 10
    left = datetime.fromisoformat(shown["out"]["valid_until"]) - await now()
    assert timedelta(0) < left <= timedelta(seconds=10)
    assert shown["in"]["link"].endswith(f"?direction=in&code={shown['in']['code']}")


async def test_it_is_drawn_as_svg(scene: Scene) -> None:
    shift = await scene.open_shift()
    answer = await scene.api.ask(
        "GET",
        f"/v1/shifts/{shift['id']}/check-in-code.svg",
        who=scene.people.social_worker,
        params={"direction": "in"},
    )
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert answer.content.startswith(b"<svg")
    assert answer.headers["cache-control"] == "no-store"


async def test_nobody_else_sees_it(scene: Scene) -> None:
    people, shift = scene.people, await scene.open_shift()
    for name in ("check-in-code", "check-in-code.svg"):
        path, params = f"/v1/shifts/{shift['id']}/{name}", {"direction": "in"}
        hidden = await scene.api.get(path, who=people.eve, params=params, expect=404)
        assert code_of(hidden) == "not-found"
        await scene.api.get(path, who=people.volunteer, params=params, expect=403)


async def test_a_direction_is_in_or_out(scene: Scene) -> None:
    shift = await scene.open_shift()
    for params in ({}, {"direction": "up"}):
        problem = await scene.api.get(
            f"/v1/shifts/{shift['id']}/check-in-code",
            who=scene.people.chair,
            params=params,
            expect=422,
        )
        assert code_of(problem) == "invalid-request"
