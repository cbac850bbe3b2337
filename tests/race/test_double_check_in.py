"""Check-in under parallel requests: one presence a person and shift, one entry of hours."""

import asyncio
import os
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from backend.core.columns import new_id
from backend.core.db import fetch, fetch_value
from backend.core.problems import refusal_of_database_error
from backend.volunteers.rules import AlreadyInside, AlreadyLeft
from tests.api import Api
from tests.people import People, Someone
from tests.volunteers.scene import SLACK, Scene, move_to, set_scene

PARALLEL = 12
ROUNDS = int(os.environ.get("LINLI_ROUNDS", "8"))


async def _seated(api: Api, people: People, *volunteers: Someone) -> tuple[Scene, Any]:
    """A shift with a seat for each of these people."""
    scene = await set_scene(api, people)
    await scene.register(*volunteers)
    shift = await scene.open_shift(seats=len(volunteers))
    for someone in volunteers:
        await scene.sign_up(shift, someone)
    return scene, shift


async def _scan_at_once(
    scene: Scene, shift: Any, someone: Someone, direction: str, keys: list[str]
) -> list[Any]:
    """The same code scanned in parallel, once under each key; every scan must be answered 201."""
    code = await scene.code(shift, direction)
    scans = (scene.scan(shift, someone, direction, code=code, key=key) for key in keys)
    return list(await asyncio.gather(*scans))


async def _scan(scene: Scene, shift: Any, someone: Someone, code: str) -> int:
    path, body = f"/v1/shifts/{shift['id']}/check-ins", {"code": code, "direction": "in"}
    answer = await scene.api.ask("POST", path, who=someone, body=body, key=str(uuid4()))
    return answer.status_code


async def _count(table: str) -> int:
    return int(await fetch_value(f"SELECT count(*) FROM {table}"))


async def test_many_scans_of_one_person_open_and_close_one_presence(
    committed_api: Api, committed_people: People
) -> None:
    volunteer = committed_people.volunteer
    scene, shift = await _seated(committed_api, committed_people, volunteer)
    await move_to(shift["starts"])
    keys = [str(uuid4()) for _ in range(PARALLEL)]
    came = await _scan_at_once(scene, shift, volunteer, "in", keys)
    assert sorted(one["repeated"] for one in came) == [False] + [True] * (PARALLEL - 1)
    assert len({one["in_at"] for one in came}) == 1
    await move_to(shift["ends"] + SLACK)
    keys = [str(uuid4()) for _ in range(PARALLEL)]
    left = await _scan_at_once(scene, shift, volunteer, "out", keys)
    assert [one["minutes"] for one in left if not one["repeated"]] == [120]
    assert (await _count("shift_sessions"), await _count("hours_entries")) == (1, 1)


async def test_one_key_in_parallel_is_one_scan_with_one_answer(
    committed_api: Api, committed_people: People
) -> None:
    volunteer = committed_people.volunteer
    scene, shift = await _seated(committed_api, committed_people, volunteer)
    await move_to(shift["starts"])
    came = await _scan_at_once(scene, shift, volunteer, "in", ["one-phone"] * PARALLEL)
    assert all(one == came[0] and not one["repeated"] for one in came)
    assert (await _count("shift_sessions"), await _count("scans")) == (1, 1)


async def test_nobody_gets_into_two_shifts_at_once(
    committed_api: Api, committed_people: People
) -> None:
    volunteer = committed_people.volunteer
    scene, shift = await _seated(committed_api, committed_people, volunteer)
    beside = await scene.open_shift()
    await scene.sign_up(beside, volunteer)
    await move_to(shift["starts"])
    codes = {one["id"]: await scene.code(one, "in") for one in (shift, beside)}
    answers = await asyncio.gather(
        *(_scan(scene, one, volunteer, codes[one["id"]]) for one in (shift, beside))
    )
    assert sorted(answers) == [201, 409]
    assert await _count("shift_sessions") == 1


async def test_nobody_slips_in_behind_the_confirmation(
    committed_api: Api, committed_people: People
) -> None:
    """In the grace after a shift somebody may still come, or the hours are confirmed, not both."""
    scene = await set_scene(committed_api, committed_people)
    volunteers = committed_people.residents[:ROUNDS]
    await scene.register(*volunteers)
    shifts = [await scene.open_shift() for _ in volunteers]
    for shift, someone in zip(shifts, volunteers, strict=True):
        await scene.sign_up(shift, someone)
    await move_to(shifts[0]["ends"] + SLACK)
    for shift, someone in zip(shifts, volunteers, strict=True):
        code = await scene.code(shift, "in")
        path = f"/v1/shifts/{shift['id']}/hours-confirmation"
        entered, answer = await asyncio.gather(
            _scan(scene, shift, someone, code),
            committed_api.ask("POST", path, who=committed_people.chair),
        )
        assert sorted((entered, answer.status_code)) == [201, 409]


async def test_the_database_alone_keeps_presences_apart(
    committed_api: Api, committed_people: People
) -> None:
    """With every check of the application left out, the constraints still say no."""
    volunteer = committed_people.volunteer
    scene, shift = await _seated(committed_api, committed_people, volunteer)
    beside = await scene.open_shift()

    async def enter(where: Any, *, left: bool = False) -> None:
        await fetch(
            "INSERT INTO shift_sessions (id, shift_id, person_id, in_at, out_at)"
            " VALUES ($1, $2, $3, linli_now(), CASE WHEN $4 THEN linli_now() END)",
            new_id(),
            where["id"],
            volunteer.person_id,
            left,
        )

    await enter(shift)
    with pytest.raises(asyncpg.UniqueViolationError) as elsewhere:
        await enter(beside)
    assert isinstance(refusal_of_database_error(elsewhere.value), AlreadyInside)
    with pytest.raises(asyncpg.UniqueViolationError) as again:
        await enter(shift, left=True)
    assert isinstance(refusal_of_database_error(again.value), AlreadyLeft)
