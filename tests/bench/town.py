"""The bench's town: the demo community at full size, everybody a voter and a volunteer."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import httpx

from backend.core.db import fetch
from backend.core.migrating import run_migrations
from backend.polls.actions import create_motion, freeze_roll, open_motion
from backend.polls.types import NewMotion, RollMember
from backend.seeding.demo import DemoSize, seed_demo
from tests.api import Api
from tests.builders import actor_of
from tests.people import COMMUNITY, People, Someone, find_people
from tests.volunteers.scene import now, set_scene

SHIFTS, SEATS = 60, 500
VOTERS = 2_000
_AHEAD = timedelta(minutes=9)
"""Shifts begin a little after the bench, within the grace in which people check in."""


@dataclass(frozen=True)
class Town:
    """Who lives there, the motion they vote on, and the shifts with those who hold seats."""

    people: tuple[Someone, ...]
    motion_id: UUID
    shifts: tuple[tuple[UUID, tuple[Someone, ...]], ...]


async def settle(database_url: str) -> None:
    """Migrate and seed an empty database, with a session for every account."""
    await run_migrations(database_url)
    await seed_demo(DemoSize())
    await fetch(
        "INSERT INTO sessions (id, account_id, device_name, refresh_hash, rotated_at, created_at,"
        " expires_at) SELECT gen_random_uuid(), id, 'bench', sha256(id::text::bytea),"
        " linli_now(), linli_now(), '2300-01-01' FROM accounts"
    )


async def found_town(address: str) -> Town:
    """Set the doors up, through HTTP where there is a door for it, in bulk where there is none."""
    known = await find_people()
    people = known.residents[:VOTERS]
    await fetch(
        "INSERT INTO role_grants (id, account_id, role, place_code, valid_from)"
        " SELECT gen_random_uuid(), a, 'representative', $2, linli_now()"
        " FROM unnest($1::uuid[]) a",
        [one.account_id for one in people],
        COMMUNITY,
    )
    motion_id = await open_vote(known.chair, people)
    async with httpx.AsyncClient(base_url=address, timeout=30) as http:
        shifts = await _open_shifts(Api(http), known)
    seated = tuple(
        (shift, tuple(people[(number * SEATS + seat) % len(people)] for seat in range(SEATS)))
        for number, shift in enumerate(shifts)
    )
    for shift, those in seated:
        await _seat(shift, those)
    await fetch("ANALYZE")
    return Town(people, motion_id, seated)


async def open_vote(chair: Someone, voters: tuple[Someone, ...]) -> UUID:
    """An open motion on which all of `voters` may vote: they are on the roll and present."""
    actor = await actor_of(chair)
    members = [RollMember(voter.person_id, "member") for voter in voters]
    roll = await freeze_roll(COMMUNITY, "representatives", members)
    await fetch(
        "INSERT INTO presences (id, roll_id, entry_id, mode, marked_at, marked_by)"
        " SELECT gen_random_uuid(), roll_id, id, 'in_person', linli_now(), $2"
        " FROM roll_entries WHERE roll_id = $1",
        roll.id,
        actor.account_id,
    )
    new = NewMotion(COMMUNITY, roll.id, "晚间照护", "是否同意设立晚间照护项目？", "RC-2")
    motion_id = await create_motion(actor, new)
    await open_motion(actor, motion_id, 600)
    return motion_id


async def _open_shifts(api: Api, people: People) -> list[UUID]:
    """Shifts at the same hour; entries are open already."""
    scene = await set_scene(api, people)
    starts_at = await now() + _AHEAD
    body = {
        "starts_at": starts_at.isoformat(),
        "ends_at": (starts_at + timedelta(hours=2)).isoformat(),
        "seats": SEATS,
    }
    path = f"/v1/activities/{scene.activity_id}/shifts"
    opened = [await api.post(path, body, who=people.social_worker) for _ in range(SHIFTS)]
    return [UUID(shift["id"]) for shift in opened]


async def _seat(shift: UUID, people: tuple[Someone, ...]) -> None:
    await fetch(
        "INSERT INTO sign_ups (id, shift_id, person_id, capacity, seat, signed_up_at)"
        " SELECT gen_random_uuid(), $1, person, 'volunteer', seat, linli_now()"
        " FROM unnest($2::uuid[]) WITH ORDINALITY AS s (person, seat)",
        shift,
        [one.person_id for one in people],
    )
