"""The cast signs in: residents by code, staff by password and one-time password."""

import asyncio
import time
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyotp

from backend.cli.story.stage import Player, Stage, StoryError
from backend.identity.types import Sex
from backend.seeding.generate import demo_phone
from backend.seeding.people import CHAIR_LOGIN, PASSWORD, STAFF, DemoStaff

RESPONDENTS = 200
A_MINUTE_S = 60
_BATCH = 60
_MOST_PHONES = 3000


@dataclass
class Cast:
    """Who plays."""

    chair: Player
    committee: list[Player]
    representatives: list[Player]
    residents: list[Player]
    staff: dict[str, Player]


def _player(answer: dict[str, Any], title: str) -> Player:
    account = answer["account"]
    return Player(account["name"], title, account, answer["access_token"], answer["refresh_token"])


async def sign_in_resident(stage: Stage, phone: str) -> Player | None:
    """Ask for a code and sign in with it; None where nobody has this phone."""
    asked = await stage.send(None, "POST", "/v1/sign-in-codes", {"phone": phone}, None)
    if asked.status_code == 429 and asked.json()["retry_after_s"] <= A_MINUTE_S:
        stage.say(f"{phone} got a code just now; waiting a minute, as anybody would have to")
        await asyncio.sleep(A_MINUTE_S + 1)
        return await sign_in_resident(stage, phone)
    if asked.status_code != 202:
        raise StoryError(f"no code for {phone}: {asked.text}")
    code = asked.json()
    body = {
        "sign_in_code_id": code["id"],
        "code": code["demo_code"],
        "device_name": "story",
    }
    opened = await stage.send(None, "POST", "/v1/sessions", body, None)
    return _player(opened.json(), "resident") if opened.status_code == 201 else None


async def sign_in_staff(stage: Stage, login: str, title: str) -> Player:
    """Sign in with password and TOTP; a one-time password that was used is waited out."""
    secret = DemoStaff(login, "", Sex.UNKNOWN, date(2000, 1, 1), ()).totp_secret
    generator = pyotp.TOTP(secret)
    for offset_s in (0, 30):
        body = {
            "login": login,
            "password": PASSWORD,
            "totp": generator.at(int(time.time()) + offset_s),
            "device_name": "story",
        }
        answer = await stage.send(None, "POST", "/v1/staff-sessions", body, None)
        if answer.status_code == 201:
            return _player(answer.json(), title)
    wait_s = 31 - int(time.time()) % 30
    stage.say(f"{login}: both one-time passwords were used just now; waiting {wait_s} s")
    await asyncio.sleep(wait_s)
    return await sign_in_staff(stage, login, title)


async def assemble(stage: Stage) -> Cast:
    """Sign in 200 residents besides the committee and representatives, and the staff."""
    residents: list[Player] = []
    seated: dict[str, list[Player]] = {"committee": [], "representatives": []}
    number = 0
    while len(residents) < RESPONDENTS or sum(map(len, seated.values())) < 36:
        if number >= _MOST_PHONES:
            raise StoryError("there are not enough residents: was the demo seeded?")
        phones = [demo_phone(n) for n in range(number, number + _BATCH)]
        number += _BATCH
        for player in await stage.all_of(sign_in_resident(stage, phone) for phone in phones):
            if player is not None:
                _place(player, residents, seated)
    titles = {"shegong": "社工", "danggong": "党工", "jiedao": "street officer"}
    logins = [CHAIR_LOGIN, *(person.login for person in STAFF)]
    staff = dict(
        zip(
            logins,
            await stage.all_of(
                sign_in_staff(stage, login, titles.get(login, login)) for login in logins
            ),
            strict=True,
        )
    )
    chair = staff.pop(CHAIR_LOGIN)
    chair.title = "主任"
    stage.eve, stage.keeper = staff.pop("eve"), staff.pop("guanli")
    return Cast(
        chair, seated["committee"], seated["representatives"], residents[:RESPONDENTS], staff
    )


def _place(player: Player, residents: list[Player], seated: dict[str, list[Player]]) -> None:
    if "committee_chair" in player.roles:
        return
    if "committee_member" in player.roles:
        player.title = "committee member"
        seated["committee"].append(player)
    elif "representative" in player.roles:
        player.title = "representative"
        seated["representatives"].append(player)
    elif "resident" in player.roles:
        residents.append(player)
