"""Doors that the story has no use for, tried once so that the contract can show them."""

from datetime import timedelta
from typing import Any

from backend.cli.story.cast import Cast, sign_in_resident
from backend.cli.story.stage import Player, Stage, StoryError
from backend.cli.story.survey import QUESTIONNAIRE
from backend.seeding.generate import demo_phone
from backend.seeding.people import COMMUNITY, STREET

_HERE = f"/v1/places/{COMMUNITY}"
LAST_PHONE = 2000


async def tour(stage: Stage, cast: Cast) -> None:
    """Read what was made in the story, and use the few doors that nobody needed."""
    await _read_lists(stage, cast)
    await _read_things(stage, cast)
    await _keep_registers(stage, cast)
    await _run_a_small_survey(stage, cast.staff["shegong"])
    await _change_ones_mind(stage, cast)
    await _come_and_go(stage)


async def _first(stage: Stage, player: Player, path: str) -> dict[str, Any]:
    page = await stage.ask(player, "GET", path)
    items = page["items"] if isinstance(page, dict) else page
    if not items:
        raise StoryError(f"nothing at {path}")
    return dict(items[0])


async def _read_lists(stage: Stage, cast: Cast) -> None:
    for path in (
        "/health/live",
        "/health/ready",
        "/problems/shift-full",
        "/v1/me",
        f"/v1/places?parent={STREET}",
        _HERE,
        "/v1/policies",
        f"{_HERE}/households?limit=2",
        f"{_HERE}/body-memberships?body=committee",
        f"{_HERE}/needs",
        f"{_HERE}/publications",
        f"{_HERE}/resolutions",
        f"{_HERE}/loops",
        f"{_HERE}/shifts?from=2020-01-01",
    ):
        await stage.ask(cast.chair, "GET", path)


async def _read_things(stage: Stage, cast: Cast) -> None:
    """One of each, found through its list."""
    chair, officer, worker = cast.chair, cast.staff["jiedao"], cast.staff["shegong"]
    survey = await _first(stage, chair, f"{_HERE}/surveys")
    await stage.ask(chair, "GET", f"/v1/surveys/{survey['id']}")
    await stage.ask(cast.residents[0], "GET", f"/v1/surveys/{survey['id']}/responses/mine")
    await _first(stage, chair, f"{_HERE}/topics")
    meeting = await _first(stage, chair, f"{_HERE}/meetings")
    path = f"/v1/meetings/{meeting['id']}"
    whole = await stage.ask(chair, "GET", path)
    await stage.ask(chair, "GET", f"{path}/quorum")
    await stage.ask(chair, "GET", f"{path}/roll?limit=2")
    await stage.ask(chair, "GET", f"/v1/motions/{whole['motions'][0]['id']}/result")
    call = await _first(stage, officer, f"/v1/calls?place={COMMUNITY}")
    await stage.ask(officer, "GET", f"/v1/calls/{call['id']}")
    application = await _first(stage, officer, f"/v1/calls/{call['id']}/applications")
    await stage.ask(officer, "GET", f"/v1/applications/{application['id']}")
    await stage.ask(officer, "GET", f"/v1/funds/{stage.figures['fund_id']}")
    project = await _first(stage, chair, f"{_HERE}/projects")
    await stage.ask(chair, "GET", f"/v1/projects/{project['id']}")
    await stage.ask(chair, "GET", f"/v1/projects/{project['id']}/ledger")
    organisation = await _first(stage, chair, "/v1/organisations")
    await stage.ask(chair, "GET", f"/v1/organisations/{organisation['id']}")
    shift = await _first(stage, worker, f"{_HERE}/shifts?from=2020-01-01")
    await stage.ask(worker, "GET", f"/v1/teams/{shift['team_id']}")
    drawn = f"/v1/shifts/{shift['id']}/check-in-code.svg?direction=in"
    await stage.send(worker, "GET", drawn, None, None)
    await stage.ask(cast.residents[0], "GET", "/v1/me/volunteer-profile")
    await stage.ask(cast.residents[0], "GET", "/v1/me/hours")
    notice = await _first(stage, cast.residents[1], "/v1/me/notices")
    path = f"/v1/me/notices/{notice['id']}/read"
    await stage.ask(cast.residents[1], "POST", path, expect=200)


async def _keep_registers(stage: Stage, cast: Cast) -> None:
    """A need heard on a visit, a fund, a role and a seat."""
    heard = {
        "category": "convenience",
        "title": "楼道照明维修",
        "detail": "三号楼二单元三层灯不亮，老人晚上下楼不安全。",
        "source_kind": "visit",
        "source_ref": "2026-走访-12",
        "affected_count": 12,
    }
    await stage.ask(cast.staff["shegong"], "POST", f"{_HERE}/needs", heard)
    at = (await stage.now()).isoformat()
    fund = {"place_code": STREET, "name": f"梧桐街道邻里互助基金 {at[:16]}"}
    await stage.ask(cast.staff["jiedao"], "POST", "/v1/funds", fund)
    if stage.keeper is None:
        raise StoryError("the administrator is not on stage")
    role = {
        "account_id": cast.residents[-1].account["id"],
        "role": "grid_worker",
        "place_code": COMMUNITY,
    }
    given = await stage.ask(stage.keeper, "POST", "/v1/role-grants", role)
    await stage.ask(stage.keeper, "DELETE", f"/v1/role-grants/{given['id']}", expect=204)
    seat = {"person_id": cast.residents[-1].person_id, "body": "supervision"}
    await stage.send(cast.chair, "POST", f"{_HERE}/body-memberships", seat, at)


async def _run_a_small_survey(stage: Stage, worker: Player) -> None:
    body = {"title": "活动室开放时间", "purpose": "决定活动室晚上开到几点。"}
    survey = await stage.ask(worker, "POST", f"{_HERE}/surveys", body)
    path = f"/v1/surveys/{survey['id']}"
    await stage.ask(worker, "PUT", f"{path}/questionnaire", QUESTIONNAIRE)
    closing = {"closes_at": (await stage.now() + timedelta(days=1)).isoformat()}
    await stage.ask(worker, "POST", f"{path}/opening", closing)
    await stage.ask(worker, "POST", f"{path}/closure")


async def _change_ones_mind(stage: Stage, cast: Cast) -> None:
    """A seat taken and given back."""
    worker, volunteer = cast.staff["shegong"], cast.residents[0]
    known = await _first(stage, worker, f"{_HERE}/shifts?from=2020-01-01")
    starts_at = await stage.now() + timedelta(days=2)
    body = {
        "starts_at": starts_at.isoformat(),
        "ends_at": (starts_at + timedelta(hours=1)).isoformat(),
        "seats": 2,
    }
    path = f"/v1/activities/{known['activity_id']}/shifts"
    shift = await stage.ask(worker, "POST", path, body)
    seats = f"/v1/shifts/{shift['id']}/sign-ups"
    await stage.ask(volunteer, "POST", seats, {"capacity": "volunteer"})
    await stage.ask(volunteer, "DELETE", seats, expect=204)


async def _come_and_go(stage: Stage) -> None:
    """A guest signs in and out again."""
    for number in range(LAST_PHONE, 0, -1):
        guest = await sign_in_resident(stage, demo_phone(number))
        if guest is not None:
            await stage.ask(guest, "DELETE", "/v1/sessions/current", expect=204)
            return
