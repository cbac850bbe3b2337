"""A fund never gives more than it has, however many ask at once; a call is awarded once."""

import asyncio
import os
import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from backend.core.db import atomic, fetch, fetch_one
from backend.core.problems import refusal_of_database_error
from backend.grants.actions import commit_money
from backend.grants.rules import FundTooSmall
from tests.api import Api, code_of
from tests.builders import actor_of
from tests.conftest import move_clock
from tests.grants.scene import DAYS, Scene, marks, set_scene
from tests.people import People

ROUNDS = int(os.environ.get("LINLI_ROUNDS", "4"))
COMMITMENTS, CALLS, PRESSES = 24, 4, 5


async def _require_sound(fund_id: str) -> int:
    """The entries of a fund are numbered without a gap and add up; returns the balance."""
    rows = await fetch("SELECT * FROM fund_entries WHERE fund_id = $1 ORDER BY number", fund_id)
    balance = 0
    for number, row in enumerate(rows, start=1):
        balance += row["amount_fen"]
        assert (row["number"], row["balance_fen"]) == (number, balance)
        assert balance >= 0
    return balance


async def test_parallel_commitments_never_exceed_the_balance(
    committed_api: Api, committed_people: People
) -> None:
    scene = await set_scene(committed_api, committed_people)
    actor, dice = await actor_of(scene.officer), random.Random(7)
    left = await _require_sound(scene.fund_id)
    for _ in range(ROUNDS):
        amounts = [dice.randint(1, left // 6 + 1) for _ in range(COMMITMENTS)]
        outcomes = await asyncio.gather(
            *(
                commit_money(actor, UUID(scene.fund_id), fen, reference=str(uuid4()), text="立项")
                for fen in amounts
            ),
            return_exceptions=True,
        )
        given = [
            fen
            for fen, outcome in zip(amounts, outcomes, strict=True)
            if not isinstance(outcome, BaseException)
        ]
        refused = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
        assert all(isinstance(one, FundTooSmall) for one in refused)
        assert refused, "the amounts were to exceed the balance"
        assert await _require_sound(scene.fund_id) == left - sum(given)
        refill = {"amount_fen": left, "from": "补充", "reference": str(uuid4())}
        path = f"/v1/funds/{scene.fund_id}/contributions"
        await committed_api.post(path, refill, who=scene.officer)
        left = await _require_sound(scene.fund_id)


async def test_the_database_refuses_a_negative_balance_even_without_the_lock(
    committed_api: Api, committed_people: People
) -> None:
    scene = await set_scene(committed_api, committed_people)
    with pytest.raises(asyncpg.CheckViolationError) as caught:
        async with atomic():
            await fetch(
                "INSERT INTO fund_entries (id, fund_id, number, kind, amount_fen, balance_fen,"
                " reference, text, at) VALUES ($1, $2, 2, 'commitment', -9, -1, 'r', 't',"
                " linli_now())",
                uuid4(),
                scene.fund_id,
            )
    assert isinstance(refusal_of_database_error(caught.value), FundTooSmall)


async def _judged_calls(scene: Scene) -> list[tuple[str, str]]:
    """Several closed calls on one fund, each with one application scored by all."""
    calls = [await scene.open_call() for _ in range(CALLS)]
    judged = [(call_id, await scene.submit(call_id)) for call_id in calls]
    await move_clock(timedelta(days=DAYS))
    for call_id, application_id in judged:
        await scene.assign(call_id)
        await scene.score(application_id, 0, 1, 2)
    return judged


async def _press(scene: Scene, call_id: str, application_id: str) -> httpx.Response:
    return await scene.api.ask(
        "POST",
        f"/v1/calls/{call_id}/awards",
        who=scene.officer,
        body={"application_id": application_id, "amount_fen": 4_800_000},
        key=str(uuid4()),
    )


async def test_parallel_awards_share_one_fund_and_each_call_has_one(
    committed_api: Api, committed_people: People
) -> None:
    scene = await set_scene(committed_api, committed_people, fund_fen=10_000_000)
    judged = await _judged_calls(scene)
    replies = await asyncio.gather(*(_press(scene, *one) for one in judged for _ in range(PRESSES)))
    codes = [code_of(reply.json()) for reply in replies if reply.status_code != 201]
    assert len(replies) - len(codes) == 2, "the fund pays for two of the four"
    assert set(codes) <= {"fund-too-small", "call-already-awarded", "conflict"}
    assert await _require_sound(scene.fund_id) == 400_000
    kept = await fetch_one(
        "SELECT count(*) AS awards, count(DISTINCT call_id) AS calls, sum(amount_fen) AS fen,"
        " (SELECT count(*) FROM projects) AS projects,"
        " (SELECT sum(amount_fen) FROM project_ledger WHERE kind = 'committed') AS committed,"
        " (SELECT count(*) FROM publications WHERE kind = 'award') AS published FROM awards"
    )
    assert tuple(kept) == (2, 2, 9_600_000, 2, 9_600_000, 2)


async def _statuses(press: Callable[[], Awaitable[httpx.Response]]) -> Sequence[int]:
    replies = await asyncio.gather(*(press() for _ in range(PRESSES)))
    return sorted(reply.status_code for reply in replies)


async def test_panel_draft_submission_and_score_happen_once(
    committed_api: Api, committed_people: People
) -> None:
    people, once = committed_people, [201] + [409] * (PRESSES - 1)
    scene = await set_scene(committed_api, people)
    call_id = await scene.open_call()

    def press(path: str, body: Any, who: Any) -> Callable[[], Awaitable[httpx.Response]]:
        return lambda: committed_api.ask("POST", path, who=who, body=body, key=str(uuid4()))

    submitted = await scene.submit(call_id, people.second_manager)
    draft = await scene.draft(call_id)
    path = f"/v1/applications/{draft['id']}/submission"
    assert await _statuses(press(path, None, people.manager)) == once
    await move_clock(timedelta(days=DAYS))
    reviewers = {"reviewer_ids": [str(one.person_id) for one in people.reviewers]}
    assert await _statuses(press(f"/v1/calls/{call_id}/panel", reviewers, scene.officer)) == once
    scores = f"/v1/applications/{submitted}/scores"
    assert await _statuses(press(scores, marks(), people.reviewers[0])) == once
