"""Act 4: a 三工 team serves two shifts; hours land in the ledger by capacity."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from backend.cli.story.cast import Cast
from backend.cli.story.stage import Player, Stage, require
from backend.seeding.people import COMMUNITY

VOLUNTEERS = 12
FIRST_SEATS, SECOND_SEATS = 12, 6
ATTENDEES = (18, 11)
LENGTH = timedelta(hours=2)


@dataclass
class Served:
    """Who served a shift, and the one who came late."""

    shift: dict[str, Any]
    players: list[Player]
    late: Player | None = None

    @property
    def path(self) -> str:
        """The shift's address."""
        return f"/v1/shifts/{self.shift['id']}"


async def play_shifts(stage: Stage, cast: Cast) -> None:
    """Form the team, open two shifts, fill them, serve them, confirm the hours."""
    stage.act(4, "Serving: a 三工 team (党工 + 社工 + 义工), two shifts, QR check-in")
    volunteers = cast.residents[:VOLUNTEERS]
    await stage.all_of(_register(stage, volunteer) for volunteer in volunteers)
    stage.say(f"{len(volunteers)} residents are registered volunteers")
    activity = await _team(stage, cast, volunteers)
    first, second = await _open_shifts(stage, cast, activity)
    await _fill_first(stage, cast, volunteers, first)
    await stage.all_of(_sign_up(stage, who, second, "volunteer") for who in volunteers[:4])
    await _sign_up(stage, cast.staff["danggong"], second, "party_worker")
    second.players = [*volunteers[:4], cast.staff["danggong"]]
    await stage.advance_to(first.shift["starts_at"], before=timedelta(minutes=10))
    await _serve(stage, cast, first, ATTENDEES[0])
    await stage.advance_to(second.shift["starts_at"], before=timedelta(minutes=10))
    await _serve(stage, cast, second, ATTENDEES[1])


async def _register(stage: Stage, volunteer: Player) -> None:
    path = "/v1/me/volunteer-profile"
    answer = await stage.send(volunteer, "GET", path, None, None)
    if answer.status_code == 404:
        await stage.ask(volunteer, "POST", path, {"skills": ["陪护"]})


async def _team(stage: Stage, cast: Cast, volunteers: list[Player]) -> dict[str, Any]:
    worker, party = cast.staff["shegong"], cast.staff["danggong"]
    body = {"name": "暮光陪伴三工队", "project_id": stage.figures["project_id"]}
    await stage.eve_tries("POST", f"/v1/places/{COMMUNITY}/teams", body)
    team = await stage.ask(worker, "POST", f"/v1/places/{COMMUNITY}/teams", body)
    members = [(party, "party_worker"), (worker, "social_worker")]
    members += [(volunteer, "volunteer") for volunteer in volunteers]
    path = f"/v1/teams/{team['id']}/members"
    await stage.eve_tries("POST", path, {"person_id": party.person_id, "capacity": "volunteer"})
    for player, capacity in members:
        joined = {"person_id": player.person_id, "capacity": capacity}
        await stage.ask(worker, "POST", path, joined)
    stage.say(f"«{team['name']}»: {party}, {worker} and {len(volunteers)} volunteers")
    plan = {
        "team_id": team["id"],
        "title": "傍晚陪伴",
        "content": "五点到七点陪独居老人吃饭、聊天、量血压。",
        "venue": "清荷社区长者驿站",
    }
    await stage.eve_tries("POST", f"/v1/places/{COMMUNITY}/activities", plan)
    activity = await stage.ask(worker, "POST", f"/v1/places/{COMMUNITY}/activities", plan)
    return dict(activity)


async def _open_shifts(stage: Stage, cast: Cast, activity: dict[str, Any]) -> tuple[Served, Served]:
    worker, path = cast.staff["shegong"], f"/v1/activities/{activity['id']}/shifts"
    now = await stage.now()
    shifts = []
    for starts_at, seats in (
        (now + timedelta(hours=2), FIRST_SEATS),
        (now + timedelta(hours=26), SECOND_SEATS),
    ):
        body = {
            "starts_at": starts_at.isoformat(),
            "ends_at": (starts_at + LENGTH).isoformat(),
            "seats": seats,
        }
        await stage.eve_tries("POST", path, body)
        shifts.append(Served(await stage.ask(worker, "POST", path, body), []))
        stage.say(f"{worker} opens a shift of 2 hours with {seats} seats")
    return shifts[0], shifts[1]


async def _sign_up(stage: Stage, player: Player, served: Served, capacity: str) -> None:
    await stage.ask(player, "POST", f"{served.path}/sign-ups", {"capacity": capacity})


async def _fill_first(stage: Stage, cast: Cast, volunteers: list[Player], served: Served) -> None:
    """Ten seats are taken, then two press at once for the last one."""
    worker, party = cast.staff["shegong"], cast.staff["danggong"]
    early = volunteers[: FIRST_SEATS - 3]
    await _sign_up(stage, party, served, "party_worker")
    await _sign_up(stage, worker, served, "social_worker")
    await stage.all_of(_sign_up(stage, who, served, "volunteer") for who in early)
    await stage.eve_tries("POST", f"{served.path}/sign-ups", {"capacity": "volunteer"})
    pressing = volunteers[FIRST_SEATS - 3 : FIRST_SEATS - 1]
    answers = await asyncio.gather(
        *(
            stage.send(
                who, "POST", f"{served.path}/sign-ups", {"capacity": "volunteer"}, str(uuid4())
            )
            for who in pressing
        )
    )
    statuses = sorted(answer.status_code for answer in answers)
    require(statuses == [201, 409], f"the last seat went {statuses}")
    lucky = pressing[0 if answers[0].status_code == 201 else 1]
    unlucky = next(answer for answer in answers if answer.status_code == 409)
    stage.say(f"two press at once for the last seat: {lucky} gets it, the other is told:")
    stage.say(f"  {unlucky.json()['detail']}")
    served.players = [party, worker, *early, lucky]
    served.late = early[-1]


async def _serve(stage: Stage, cast: Cast, served: Served, attendees: int) -> None:
    """Check in, come late, check out, count those reached, confirm."""
    punctual = [player for player in served.players if player is not served.late]
    await _scan(stage, cast, served, "in", punctual)
    if served.late is not None:
        await _repeat(stage, cast, served, punctual[-1])
        await stage.advance(timedelta(minutes=30), "one volunteer comes twenty minutes late")
        await _scan(stage, cast, served, "in", [served.late])
    await stage.advance_to(served.shift["ends_at"], after=timedelta(minutes=5))
    answers = await _scan(stage, cast, served, "out", served.players)
    minutes = {player.name: a["minutes"] for player, a in zip(served.players, answers, strict=True)}
    if served.late is not None:
        full, clipped = max(minutes.values()), minutes[served.late.name]
        require(clipped < full, f"the late one got {clipped} of {full} minutes")
        stage.say(f"who was there from the start gets {full} minutes, who came late {clipped}")
    await _confirm(stage, cast, served, attendees)


async def _code(stage: Stage, cast: Cast, served: Served, direction: str) -> str:
    path = f"{served.path}/check-in-code?direction={direction}"
    shown = await stage.ask(cast.staff["shegong"], "GET", path)
    return str(shown["code"])


async def _scan(
    stage: Stage, cast: Cast, served: Served, direction: str, players: list[Player]
) -> list[dict[str, Any]]:
    await stage.eve_tries("GET", f"{served.path}/check-in-code?direction={direction}")
    path, code = f"{served.path}/check-ins", await _code(stage, cast, served, direction)
    body = {"code": code, "direction": direction}
    await stage.eve_tries("POST", path, body)
    answers = await stage.all_of(stage.ask(who, "POST", path, body) for who in players)
    word = "in" if direction == "in" else "out"
    stage.say(f"{len(players)} check {word} by the code on the screen ({code[:6]}…)")
    return [dict(answer) for answer in answers]


async def _repeat(stage: Stage, cast: Cast, served: Served, player: Player) -> None:
    """One phone repeats its request, with the same key and then with a fresh scan."""
    body = {"code": await _code(stage, cast, served, "in"), "direction": "in"}
    again = await stage.ask(player, "POST", f"{served.path}/check-ins", body)
    require(again["repeated"], "a second scan is no second check-in")
    stage.say(f"{player} scans again and is told: {again['text_zh']}")


async def _confirm(stage: Stage, cast: Cast, served: Served, attendees: int) -> None:
    counted = {"attendees": attendees}
    await stage.eve_tries("POST", f"{served.path}/attendance", counted)
    await stage.ask(cast.staff["shegong"], "POST", f"{served.path}/attendance", counted)
    await stage.eve_tries("POST", f"{served.path}/hours-confirmation")
    confirmed = await stage.ask(cast.chair, "POST", f"{served.path}/hours-confirmation")
    for total in confirmed["totals"]:
        key = f"minutes_{total['capacity']}"
        stage.figures[key] = stage.figures.get(key, 0) + total["minutes"]
        stage.say(f"confirmed: {total['minutes']} minutes as {total['capacity']}")
    stage.figures["attendees"] = stage.figures.get("attendees", 0) + attendees
