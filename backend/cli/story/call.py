"""Act 3: the street opens a micro-venture call; two organisations apply, one is chosen."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from backend.cli.story.cast import Cast
from backend.cli.story.stage import Player, Stage, require, yuan
from backend.seeding.people import COMMUNITY, ORGANISATIONS, STREET

CONTRIBUTION_FEN = 5_000_000
CAP_FEN = 4_800_000
TOO_MUCH_FEN, ENOUGH_FEN = 4_200_000, 3_800_000
MANAGEMENT_FEN = 400_000
POINTS: tuple[tuple[int, ...], tuple[int, ...]] = ((27, 17, 17, 18, 8), (22, 16, 15, 17, 7))


async def play_call(stage: Stage, cast: Cast) -> None:
    """Open the call, apply, mend, score, award."""
    stage.act(3, "Paying for it: a micro-venture call (微创投) under the Shushan pack")
    call = await _open(stage, cast)
    applications = await _apply(stage, cast, call)
    await stage.advance_to(call["closes_at"], after=timedelta(minutes=1))
    await _review(stage, cast, call, applications)
    await _award(stage, cast, call)


async def _open(stage: Stage, cast: Cast) -> dict[str, Any]:
    officer, fund_id = cast.staff["jiedao"], stage.figures["fund_id"]
    given = {
        "amount_fen": CONTRIBUTION_FEN,
        "from": "辖区企业爱心捐赠",
        "reference": f"2026-捐-{uuid4().hex[:8]}",
    }
    await stage.eve_tries("POST", f"/v1/funds/{fund_id}/contributions", given)
    booked = await stage.ask(officer, "POST", f"/v1/funds/{fund_id}/contributions", given)
    stage.say(f"{yuan(CONTRIBUTION_FEN)} come into the street fund: {yuan(booked['balance_fen'])}")
    now = await stage.now()
    body = {
        "policy_key": "shushan-2019",
        "policy_version": "1",
        "place_code": COMMUNITY,
        "fund_id": fund_id,
        "need_id": stage.figures["need_id"],
        "title": "老人晚间照护微创投",
        "cap_fen": CAP_FEN,
        "closes_at": (now + timedelta(days=5)).isoformat(),
    }
    await stage.eve_tries("POST", "/v1/calls", body)
    call = await stage.ask(officer, "POST", "/v1/calls", body)
    stage.say(f"{officer} opens «{call['title']}»: at most {yuan(CAP_FEN)}, 5 days to apply")
    return dict(call)


def _draft(organisation_id: str, on: date, *, activity_fen: int) -> dict[str, Any]:
    return {
        "organisation_id": organisation_id,
        "title": "暮光陪伴：老人晚间照护",
        "plan": "每周五个傍晚，由社工带志愿者到独居老人家里陪伴两小时，每月回访一次。",
        "starts_on": (on + timedelta(days=10)).isoformat(),
        "ends_on": (on + timedelta(days=190)).isoformat(),
        "budget_lines": [
            {"cost_line": "activity", "item": "傍晚陪伴活动", "amount_fen": activity_fen},
            {"cost_line": "volunteer", "item": "志愿者交通与保险", "amount_fen": 300_000},
            {"cost_line": "management", "item": "管理费", "amount_fen": MANAGEMENT_FEN},
        ],
    }


async def _apply(stage: Stage, cast: Cast, call: dict[str, Any]) -> list[str]:
    """Two organisations apply; the second asks for too much and mends it."""
    listed = await stage.ask(cast.chair, "GET", f"/v1/organisations?place={STREET}&limit=100")
    known = {item["name"]: item["id"] for item in listed["items"]}
    on = (await stage.now()).date()
    path, made = f"/v1/calls/{call['id']}/applications", []
    for organisation, activity_fen in zip(
        ORGANISATIONS[:2], (ENOUGH_FEN - 100_000, TOO_MUCH_FEN), strict=True
    ):
        manager = cast.staff[organisation.manager]
        draft = _draft(known[organisation.name], on, activity_fen=activity_fen)
        await stage.eve_tries("POST", path, draft)
        application = await stage.ask(manager, "POST", path, draft)
        submission = f"/v1/applications/{application['id']}/submission"
        await stage.eve_tries("POST", submission)
        if application["findings"]:
            await _mend(stage, manager, application, draft)
        await stage.ask(manager, "POST", submission)
        stage.say(f"{organisation.name} applies")
        made.append(str(application["id"]))
    return made


async def _mend(
    stage: Stage, manager: Player, application: dict[str, Any], draft: dict[str, Any]
) -> None:
    path = f"/v1/applications/{application['id']}"
    refused = await stage.ask(manager, "POST", f"{path}/submission", expect=422)
    stage.say(f"{manager} asks for too much and is told: {refused['detail']}")
    await stage.eve_tries("GET", f"{path}/checklist")
    checklist = await stage.ask(manager, "GET", f"{path}/checklist")
    for finding in checklist["findings"]:
        stage.say(f"  {finding['zh']}")
    revised = {name: value for name, value in draft.items() if name != "organisation_id"}
    revised["budget_lines"][0]["amount_fen"] = ENOUGH_FEN
    await stage.eve_tries("PUT", path, revised)
    await stage.ask(manager, "PUT", path, revised)
    mended = await stage.ask(manager, "GET", f"{path}/checklist")
    require(mended["is_complete"], f"still to mend: {mended['findings']}")
    stage.say(f"mended to {yuan(ENOUGH_FEN)} on that line")


async def _review(stage: Stage, cast: Cast, call: dict[str, Any], applications: list[str]) -> None:
    reviewers = [cast.staff[login] for login in ("pingshen", "pingshenb", "pingshenc")]
    panel = {"reviewer_ids": [reviewer.person_id for reviewer in reviewers]}
    await stage.eve_tries("POST", f"/v1/calls/{call['id']}/panel", panel)
    await stage.ask(cast.staff["jiedao"], "POST", f"/v1/calls/{call['id']}/panel", panel)
    policy = await stage.ask(cast.chair, "GET", "/v1/policies/shushan-2019/1")
    rubric = [p["value"] for p in policy["parameters"] if ".rubric[" in p["path"]]
    for application, points in zip(applications, POINTS, strict=True):
        path = f"/v1/applications/{application}/scores"
        for number, reviewer in enumerate(reviewers):
            keys = [criterion["key"] for criterion in rubric]
            given = dict(zip(keys, (n - number for n in points), strict=True))
            body = {"points": given, "comment": "贴近需求，预算清楚。"}
            await stage.eve_tries("POST", path, body)
            await stage.ask(reviewer, "POST", path, body)
    await stage.eve_tries("GET", f"/v1/calls/{call['id']}/ranking")
    ranking = await stage.ask(cast.staff["jiedao"], "GET", f"/v1/calls/{call['id']}/ranking")
    require(ranking["complete"], "three reviewers scored both applications")
    for place in ranking["items"]:
        stage.say(f"{place['rank']}. {place['organisation_name']}: {place['total']} points")


async def _award(stage: Stage, cast: Cast, call: dict[str, Any]) -> None:
    path = f"/v1/calls/{call['id']}/ranking"
    first = (await stage.ask(cast.staff["jiedao"], "GET", path))["items"][0]
    body = {"application_id": first["application_id"], "amount_fen": first["requested_fen"]}
    await stage.eve_tries("POST", f"/v1/calls/{call['id']}/awards", body)
    award = await stage.ask(cast.staff["jiedao"], "POST", f"/v1/calls/{call['id']}/awards", body)
    stage.figures["project_id"] = award["project_id"]
    stage.figures["award_fen"] = award["amount_fen"]
    stage.say(
        f"{first['organisation_name']} is awarded {yuan(award['amount_fen'])};"
        f" {yuan(award['fund_balance_fen'])} stay in the fund, the project has started"
    )
