"""Recording how many people a shift reached."""

from backend.core.db import fetch, fetch_value
from tests.api import code_of
from tests.volunteers.scene import SLACK, Scene, move_to


async def test_it_may_be_mended_until_the_hours_are_confirmed(scene: Scene) -> None:
    shift = await scene.open_shift()
    path = f"/v1/shifts/{shift['id']}/attendance"
    await move_to(shift["starts"])
    for attendees in (12, 14):
        seen = await scene.api.post(path, {"attendees": attendees}, who=scene.people.party_worker)
        assert seen["attendees"] == attendees
    assert await fetch_value("SELECT count(*) FROM evidence") == 0


async def test_recorded_after_the_hours_it_is_evidence_at_once_and_final(scene: Scene) -> None:
    shift, chair = await scene.open_shift(), scene.people.chair
    path = f"/v1/shifts/{shift['id']}"
    await move_to(shift["ends"] + SLACK)
    await scene.api.post(f"{path}/hours-confirmation", who=chair)
    await scene.api.post(f"{path}/attendance", {"attendees": 9}, who=chair)
    (row,) = await fetch("SELECT * FROM evidence")
    assert (row["kind"], row["quantity"], row["ref_id"]) == ("people_reached", 9, shift["id"])
    problem = await scene.api.post(f"{path}/attendance", {"attendees": 90}, who=chair, expect=409)
    assert code_of(problem) == "attendance-final"
    assert await fetch_value("SELECT attendees FROM shifts") == 9


async def test_who_does_not_lead_here_records_none(scene: Scene) -> None:
    shift, body = await scene.open_shift(), {"attendees": 12}
    path = f"/v1/shifts/{shift['id']}/attendance"
    await move_to(shift["starts"])
    hidden = await scene.api.post(path, body, who=scene.people.eve, expect=404)
    assert code_of(hidden) == "not-found"
    await scene.api.post(path, body, who=scene.people.volunteer, expect=403)


async def test_nobody_was_reached_before_it_began(scene: Scene) -> None:
    shift = await scene.open_shift()
    path = f"/v1/shifts/{shift['id']}/attendance"
    problem = await scene.api.post(path, {"attendees": 3}, who=scene.people.chair, expect=409)
    assert code_of(problem) == "shift-not-started"
    await scene.api.post(path, {"attendees": -1}, who=scene.people.chair, expect=422)


async def test_it_leaves_an_audit_row(scene: Scene) -> None:
    shift = await scene.open_shift()
    await move_to(shift["starts"])
    path = f"/v1/shifts/{shift['id']}/attendance"
    await scene.api.post(path, {"attendees": 12}, who=scene.people.chair)
    facts = await fetch_value("SELECT facts FROM audit_events WHERE event = 'record_attendance'")
    assert facts == {"attendees": 12}
