"""Confirming the hours of a shift, which makes them evidence of its project."""

from datetime import timedelta
from typing import Any

import pytest

from backend.core.db import fetch, fetch_value
from tests.api import code_of
from tests.volunteers.scene import SLACK, Scene, move_to


async def _confirm(scene: Scene, shift: Any, **options: Any) -> Any:
    path = f"/v1/shifts/{shift['id']}/hours-confirmation"
    return await scene.api.post(path, **{"who": scene.people.chair, **options})


async def _team_shift(scene: Scene) -> Any:
    """A shift with one seat for each of the three capacities, all taken."""
    people = scene.people
    await scene.register(people.volunteer)
    await scene.add_member(people.party_worker, "party_worker")
    await scene.add_member(people.social_worker, "social_worker")
    shift = await scene.open_shift(seats=3)
    await scene.sign_up(shift, people.party_worker, "party_worker")
    await scene.sign_up(shift, people.social_worker, "social_worker")
    await scene.sign_up(shift, people.volunteer)
    return shift


async def _evidence() -> dict[str, tuple[int, str, Any]]:
    rows = await fetch("SELECT kind, quantity, unit, facts FROM evidence")
    return {row["kind"]: (row["quantity"], row["unit"], row["facts"]) for row in rows}


@pytest.mark.rule("SS-30")
async def test_duty_and_service_land_in_two_ledgers_and_in_evidence(scene: Scene) -> None:
    people, shift = scene.people, await _team_shift(scene)
    await scene.serve(shift, people.volunteer, people.party_worker, people.social_worker)
    await scene.api.post(
        f"/v1/shifts/{shift['id']}/attendance", {"attendees": 18}, who=people.chair
    )
    view = await _confirm(scene, shift)
    assert (view["entries"], view["unfinished"], view["attendees"]) == (3, 0, 18)
    assert {(t["ledger"], t["capacity"], t["confirmed_minutes"]) for t in view["totals"]} == {
        ("volunteer", "volunteer", 120),
        ("duty", "party_worker", 120),
        ("duty", "social_worker", 120),
    }
    assert await _evidence() == {
        "hours_volunteer": (120, "minutes", {"minutes_by_capacity": {"volunteer": 120}}),
        "hours_duty": (
            240,
            "minutes",
            {"minutes_by_capacity": {"party_worker": 120, "social_worker": 120}},
        ),
        "people_reached": (18, "persons", {}),
    }


async def test_who_forgot_to_check_out_gets_nothing_invented(scene: Scene) -> None:
    people, shift = scene.people, await _team_shift(scene)
    await move_to(shift["starts"])
    await scene.scan(shift, people.volunteer, "in")
    await scene.scan(shift, people.party_worker, "in")
    await move_to(shift["ends"] + SLACK)
    await scene.scan(shift, people.volunteer, "out")
    early = await _confirm(scene, shift, expect=409)
    assert (code_of(early), early["people"]) == ("still-inside", 1)
    await move_to(shift["ends"] + timedelta(minutes=16))
    view = await _confirm(scene, shift)
    assert (view["entries"], view["unfinished"]) == (1, 1)
    assert set(await _evidence()) == {"hours_volunteer"}


async def test_who_does_not_lead_here_confirms_nothing(scene: Scene) -> None:
    people, shift = scene.people, await _team_shift(scene)
    await scene.serve(shift, people.volunteer)
    hidden = await _confirm(scene, shift, who=people.eve, expect=404)
    assert code_of(hidden) == "not-found"
    for someone in (people.volunteer, people.street_officer):
        await _confirm(scene, shift, who=someone, expect=403)


async def test_nobody_confirms_her_own_hours(scene: Scene) -> None:
    people, shift = scene.people, await _team_shift(scene)
    await scene.serve(shift, people.volunteer, people.social_worker)
    problem = await _confirm(scene, shift, who=people.social_worker, expect=403)
    assert code_of(problem) == "own-hours"
    assert (await _confirm(scene, shift, who=people.party_worker))["entries"] == 2


async def test_not_before_the_shift_is_over_and_not_twice(scene: Scene) -> None:
    people, shift = scene.people, await _team_shift(scene)
    assert code_of(await _confirm(scene, shift, expect=409)) == "shift-not-over"
    await scene.serve(shift, people.volunteer)
    await _confirm(scene, shift)
    assert code_of(await _confirm(scene, shift, expect=409)) == "hours-already-confirmed"


async def test_it_leaves_who_confirmed_and_when(scene: Scene) -> None:
    people, shift = scene.people, await _team_shift(scene)
    await scene.serve(shift, people.volunteer)
    view = await _confirm(scene, shift)
    (row,) = await fetch("SELECT confirmed_by, confirmed_at FROM hours_entries")
    assert row["confirmed_by"] == people.chair.account_id
    assert row["confirmed_at"].isoformat()[:19] == view["confirmed_at"][:19]
    facts = await fetch_value("SELECT facts FROM audit_events WHERE event = 'confirm_hours'")
    assert facts == {"entries": 1, "minutes": 120}
