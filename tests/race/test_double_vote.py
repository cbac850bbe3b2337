"""One voter presses from many phones at once, and one person scans many times at once."""

import asyncio
import os
from itertools import cycle, islice
from uuid import UUID, uuid4

from backend.core.db import fetch, fetch_value
from backend.polls.rules import ballot_receipt
from backend.polls.types import Choice
from tests.api import Api
from tests.meetings import steps
from tests.people import People

PRESSES = 30
ROUNDS = int(os.environ.get("LINLI_ROUNDS", "5"))


async def test_many_presses_of_one_voter_are_one_ballot(
    committed_api: Api, committed_people: People
) -> None:
    api, people = committed_api, committed_people
    called = await steps.session(api, people)
    voter = people.representatives[0]
    await steps.check_in(api, people, called, [voter])
    for _ in range(ROUNDS):
        motion = await steps.opened(api, people, called)
        path = f"/v1/motions/{motion}/ballots"
        choices = list(islice(cycle(("yes", "no", "abstain")), PRESSES))
        receipts = await asyncio.gather(
            *(api.post(path, {"choice": choice}, who=voter) for choice in choices)
        )
        said = {r["receipt"]: choice for r, choice in zip(receipts, choices, strict=True)}
        rows = await fetch("SELECT * FROM ballots WHERE motion_id = $1", UUID(motion))
        assert len(rows) == 1
        stored = Choice(rows[0]["choice"])
        receipt = ballot_receipt(motion, str(rows[0]["entry_id"]), stored, rows[0]["cast_at"])
        assert said[receipt] == stored


async def test_one_key_from_two_phones_is_one_answer(
    committed_api: Api, committed_people: People
) -> None:
    api, people = committed_api, committed_people
    called = await steps.session(api, people)
    voter = people.representatives[0]
    await steps.check_in(api, people, called, [voter])
    motion, key = await steps.opened(api, people, called), str(uuid4())
    path = f"/v1/motions/{motion}/ballots"
    answers = await asyncio.gather(
        *(api.post(path, {"choice": "yes"}, who=voter, key=key) for _ in range(PRESSES))
    )
    assert len({answer["receipt"] for answer in answers}) == 1
    assert await fetch_value("SELECT count(*) FROM audit_events WHERE event = 'cast_ballot'") == 1


async def test_many_scans_of_one_person_are_one_presence(
    committed_api: Api, committed_people: People
) -> None:
    api, people = committed_api, committed_people
    called = await steps.session(api, people)
    path = f"/v1/meetings/{called.id}/check-ins"
    scanned = people.representatives[:ROUNDS]
    for one in scanned:
        body = {"code": await steps.code(api, people, called), "mode": "in_person"}
        answers = await asyncio.gather(
            *(api.ask("POST", path, who=one, body=body, key=str(uuid4())) for _ in range(PRESSES))
        )
        assert sorted(answer.status_code for answer in answers) == [200] * (PRESSES - 1) + [201]
        assert len({answer.json()["marked_at"] for answer in answers}) == 1
    assert await fetch_value("SELECT count(*) FROM presences") == len(scanned)


async def test_two_who_close_at_once_count_once(
    committed_api: Api, committed_people: People
) -> None:
    api, people = committed_api, committed_people
    called = await steps.session(api, people)
    for _ in range(ROUNDS):
        motion = await steps.opened(api, people, called)
        path = f"/v1/motions/{motion}/closure"
        answers = await asyncio.gather(
            *(api.ask("POST", path, who=people.chair, key=str(uuid4())) for _ in range(4))
        )
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
