"""A motion is closed while everybody votes: what was acknowledged is counted, and nothing else."""

import asyncio
import os
import random
from collections import Counter
from uuid import UUID, uuid4

from backend.core.db import fetch
from tests.api import Api
from tests.meetings import steps
from tests.people import People, Someone

ROUNDS = int(os.environ.get("LINLI_ROUNDS", "5"))
CHOICES = ("yes", "no", "abstain")


SPREAD_S = 0.15
"""Votes and closure fall at random within this time."""


async def _vote(
    api: Api, motion: str, voter: Someone, choice: str, after_s: float = 0
) -> tuple[int, str]:
    await asyncio.sleep(after_s)
    path, body = f"/v1/motions/{motion}/ballots", {"choice": choice}
    answer = await api.ask("POST", path, who=voter, body=body, key=str(uuid4()))
    return answer.status_code, choice


async def _close(api: Api, people: People, motion: str, after_s: float) -> dict[str, int]:
    await asyncio.sleep(after_s)
    result = await api.post(f"/v1/motions/{motion}/closure", who=people.chair)
    return {name: figure["heads"] for name, figure in result["counts"].items()}


async def test_acknowledged_is_tallied_and_nothing_comes_after(
    committed_api: Api, committed_people: People
) -> None:
    api, people, dice = committed_api, committed_people, random.Random(7)
    called = await steps.session(api, people)
    voters = people.representatives[:25]
    await steps.check_in(api, people, called, voters)
    acknowledged_in_all = 0
    for _ in range(ROUNDS):
        motion = await steps.opened(api, people, called)
        votes = [
            _vote(api, motion, voter, dice.choice(CHOICES), dice.uniform(0, SPREAD_S))
            for voter in voters
        ]
        counts, *answers = await asyncio.gather(
            _close(api, people, motion, dice.uniform(0, SPREAD_S)), *votes
        )
        acknowledged = Counter(choice for status, choice in answers if status == 201)
        assert {status for status, _ in answers} <= {201, 409}
        assert {choice: counts[choice] for choice in CHOICES} == {
            choice: acknowledged[choice] for choice in CHOICES
        }
        assert (await _vote(api, motion, voters[0], "yes"))[0] == 409
        stored = await fetch(
            "SELECT b.choice, b.cast_at < m.closed_at AS in_time FROM ballots b"
            " JOIN motions m ON m.id = b.motion_id WHERE m.id = $1",
            UUID(motion),
        )
        assert Counter(row["choice"] for row in stored) == acknowledged
        assert all(row["in_time"] for row in stored)
        acknowledged_in_all += acknowledged.total()
    assert acknowledged_in_all > 0
