"""Opening a shift with its seats, under the policy in force."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from backend.core.access import Role
from backend.core.db import fetch, fetch_value
from backend.identity.actions import grant_roles
from backend.identity.types import NewGrant
from backend.policies.actions import load_packs
from tests.api import code_of
from tests.volunteers.scene import Scene, now

ELSEWHERE = "320583"
"""A city whose document says nothing on volunteers."""

SILENT_PACK = f"""
[identity]
key = "silent-2020"
version = 1
title = {{ zh = "无志愿服务规定", en = "silent on volunteers" }}
document = "a document without hours"
jurisdiction = "{ELSEWHERE}"
valid_from = 2020-01-01
"""


def shift_body(at: datetime, **changes: Any) -> dict[str, Any]:
    """A shift of two hours tomorrow with three seats."""
    starts = at + timedelta(days=1)
    body = {
        "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=2)).isoformat(),
        "seats": 3,
        "break_minutes": 10,
    }
    return body | changes


async def test_seats_exist_and_the_policy_is_pinned(scene: Scene) -> None:
    path, at = f"/v1/activities/{scene.activity_id}/shifts", await now()
    shift = await scene.api.post(path, shift_body(at), who=scene.people.party_worker)
    assert (shift["seats"], shift["seats_free"], shift["break_minutes"]) == (3, 3, 10)
    assert (shift["policy_key"], shift["policy_version"]) == ("shushan-2019", "1")
    assert shift["project_id"] == str(scene.project_id)
    seats = await fetch("SELECT seat FROM shift_seats ORDER BY seat")
    assert [row["seat"] for row in seats] == [1, 2, 3]


async def test_who_does_not_lead_here_opens_none(scene: Scene) -> None:
    path, body = f"/v1/activities/{scene.activity_id}/shifts", shift_body(await now())
    problem = await scene.api.post(path, body, who=scene.people.eve, expect=404)
    assert code_of(problem) == "not-found"
    await scene.api.post(path, body, who=scene.people.resident, expect=403)


@pytest.mark.parametrize(
    ("starts", "ends", "break_minutes"),
    [
        (timedelta(hours=2), timedelta(hours=1), 0),
        (timedelta(hours=-3), timedelta(hours=-1), 0),
        (timedelta(hours=1), timedelta(hours=26), 0),
        (timedelta(days=400), timedelta(days=400, hours=2), 0),
        (timedelta(hours=1), timedelta(hours=2), 60),
    ],
    ids=["ends first", "is over", "too long", "too far", "all break"],
)
async def test_an_unsound_period_is_refused(
    scene: Scene, starts: timedelta, ends: timedelta, break_minutes: int
) -> None:
    at = await now()
    period = {"starts_at": (at + starts).isoformat(), "ends_at": (at + ends).isoformat()}
    body = shift_body(at, break_minutes=break_minutes) | period
    path = f"/v1/activities/{scene.activity_id}/shifts"
    problem = await scene.api.post(path, body, who=scene.people.social_worker, expect=422)
    assert code_of(problem) == "shift-period-invalid"


@pytest.mark.parametrize(
    "extreme", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-12-01T00:00:00"]
)
async def test_times_beyond_reason_are_refused(scene: Scene, extreme: str) -> None:
    path, at = f"/v1/activities/{scene.activity_id}/shifts", await now()
    for field in ("starts_at", "ends_at"):
        body = shift_body(at, **{field: extreme})
        await scene.api.post(path, body, who=scene.people.social_worker, expect=422)
    body = shift_body(at, starts_at=extreme, ends_at=extreme)
    await scene.api.post(path, body, who=scene.people.social_worker, expect=422)


async def test_without_rules_on_hours_none_could_be_counted(scene: Scene) -> None:
    path = f"/v1/activities/{await _activity_at(scene, ELSEWHERE)}/shifts"
    worker, body = scene.people.social_worker, shift_body(await now())
    problem = await scene.api.post(path, body, who=worker, expect=409)
    assert code_of(problem) == "no-policy-in-force"
    await load_packs([("silent.toml", SILENT_PACK.encode())])
    problem = await scene.api.post(path, body, who=worker, expect=409)
    assert code_of(problem) == "volunteers-not-ruled"
    assert await fetch_value("SELECT count(*) FROM shifts") == 0


async def _activity_at(scene: Scene, place_code: str) -> str:
    """An activity at another place, where the social worker leads teams too."""
    worker, places = scene.people.social_worker, f"/v1/places/{place_code}"
    await grant_roles([NewGrant(worker.account_id, Role.SOCIAL_WORKER, place_code)])
    team = await scene.api.post(f"{places}/teams", {"name": "巡逻队"}, who=worker)
    plan = {"team_id": team["id"], "title": "巡逻", "content": "夜间巡逻。", "venue": "东门"}
    return str((await scene.api.post(f"{places}/activities", plan, who=worker))["id"])


async def test_it_leaves_an_audit_row(scene: Scene) -> None:
    shift = await scene.open_shift(seats=4)
    facts = await fetch_value(
        "SELECT facts FROM audit_events WHERE event = 'open_shift' AND subject_id = $1", shift["id"]
    )
    assert facts == {"seats": 4, "policy": "shushan-2019"}
