"""Seats of a shift under parallel requests: none is given twice, none is left while one waits."""

import asyncio
import os
from collections import Counter
from uuid import uuid4

import asyncpg
import pytest

from backend.core.columns import new_id
from backend.core.db import fetch
from backend.core.problems import refusal_of_database_error
from backend.volunteers.rules import AlreadySignedUp, ShiftFull
from tests.api import Api
from tests.people import People, Someone
from tests.volunteers.scene import Scene, set_scene

ROUNDS = int(os.environ.get("LINLI_ROUNDS", "5"))
CROWD = 12


async def _press(scene: Scene, shift: dict[str, str], someone: Someone, key: str) -> int:
    answer = await scene.api.ask(
        "POST",
        f"/v1/shifts/{shift['id']}/sign-ups",
        who=someone,
        body={"capacity": "volunteer"},
        key=key,
    )
    return answer.status_code


async def test_the_last_seat_goes_to_one_of_two(
    committed_api: Api, committed_people: People
) -> None:
    scene = await set_scene(committed_api, committed_people)
    pair = (committed_people.volunteer, committed_people.second_volunteer)
    await scene.register(*pair)
    for _ in range(ROUNDS):
        shift = await scene.open_shift(seats=1)
        answers = await asyncio.gather(*(_press(scene, shift, one, str(uuid4())) for one in pair))
        assert sorted(answers) == [201, 409]


async def test_a_crowd_gets_every_seat_and_not_one_more(
    committed_api: Api, committed_people: People
) -> None:
    scene = await set_scene(committed_api, committed_people)
    crowd = committed_people.residents[:CROWD]
    await scene.register(*crowd)
    shift = await scene.open_shift(seats=5)
    answers = await asyncio.gather(*(_press(scene, shift, one, str(uuid4())) for one in crowd))
    assert Counter(answers) == {201: 5, 409: CROWD - 5}
    rows = await fetch("SELECT seat, count(DISTINCT person_id) AS people FROM sign_ups GROUP BY 1")
    assert {row["seat"]: row["people"] for row in rows} == dict.fromkeys(range(1, 6), 1)


async def test_one_person_pressing_many_times_takes_one_seat(
    committed_api: Api, committed_people: People
) -> None:
    scene = await set_scene(committed_api, committed_people)
    volunteer = committed_people.volunteer
    await scene.register(volunteer)
    shift = await scene.open_shift(seats=9)
    keys = [str(uuid4()) for _ in range(4)] + ["one-phone"] * 4
    answers = await asyncio.gather(*(_press(scene, shift, volunteer, key) for key in keys))
    assert len(await fetch("SELECT 1 FROM sign_ups")) == 1
    assert set(answers) <= {201, 409}
    assert 201 in answers


async def test_the_database_alone_keeps_seats_apart(
    committed_api: Api, committed_people: People
) -> None:
    """With every check of the application left out, the constraints still say no."""
    scene = await set_scene(committed_api, committed_people)
    shift = await scene.open_shift(seats=1)
    first, second = committed_people.volunteer, committed_people.second_volunteer

    async def take(someone: Someone, seat: int) -> None:
        await fetch(
            "INSERT INTO sign_ups (id, shift_id, person_id, capacity, seat, signed_up_at)"
            " VALUES ($1, $2, $3, 'volunteer', $4, linli_now())",
            new_id(),
            shift["id"],
            someone.person_id,
            seat,
        )

    await take(first, 1)
    with pytest.raises(asyncpg.UniqueViolationError) as taken:
        await take(second, 1)
    assert isinstance(refusal_of_database_error(taken.value), ShiftFull)
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await take(second, 2)
    await fetch("INSERT INTO shift_seats VALUES ($1, $2, 2)", new_id(), shift["id"])
    with pytest.raises(asyncpg.UniqueViolationError) as twice:
        await take(first, 2)
    assert isinstance(refusal_of_database_error(twice.value), AlreadySignedUp)
