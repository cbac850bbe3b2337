"""One person, many phones: one answer counts. A closing survey loses none that it took."""

import asyncio
import os
from typing import Any

import httpx

from backend.core.db import fetch, fetch_value
from tests.api import Api, code_of
from tests.people import People, Someone
from tests.surveys.asking import ANSWERS, answered, opened, sheet

ROUNDS = int(os.environ.get("LINLI_ROUNDS", "5"))
PRESSES = 8
PHONES, CLOSED_AFTER = 8, 10


async def _press(
    api: Api, survey_id: str, who: Someone, key: str, body: Any = None
) -> httpx.Response:
    path = f"/v1/surveys/{survey_id}/responses"
    return await api.ask("POST", path, who=who, body=body or sheet(), key=key)


async def test_many_phones_of_one_person_count_once(
    committed_api: Api, committed_people: People
) -> None:
    for _ in range(ROUNDS):
        survey_id = await opened(committed_api, committed_people)
        who = committed_people.resident
        replies = await asyncio.gather(
            *(_press(committed_api, survey_id, who, f"{survey_id}-{n}") for n in range(PRESSES))
        )
        assert sorted(reply.status_code for reply in replies) == [201] + [409] * (PRESSES - 1)
        assert {code_of(reply.json()) for reply in replies if reply.status_code == 409} == {
            "already-answered"
        }
        kept = await fetch("SELECT id FROM survey_responses WHERE survey_id = $1", survey_id)
        (taken,) = (reply.json() for reply in replies if reply.status_code == 201)
        assert [str(row["id"]) for row in kept] == [taken["id"]]


async def test_one_phone_that_repeats_itself_gets_one_answer(
    committed_api: Api, committed_people: People
) -> None:
    survey_id, body = await opened(committed_api, committed_people), sheet()
    replies = await asyncio.gather(
        *(
            _press(committed_api, survey_id, committed_people.resident, "the-same-key", body)
            for _ in range(PRESSES)
        )
    )
    assert {reply.status_code for reply in replies} == {201}
    first = replies[0].json()
    assert all(reply.json() == first for reply in replies)
    assert await fetch_value("SELECT count(*) FROM survey_responses") == 1


async def test_closing_loses_no_acknowledged_answer_and_lets_none_in_later(
    committed_api: Api, committed_people: People
) -> None:
    survey_id, staff = await opened(committed_api, committed_people), committed_people.social_worker
    waiting = list(enumerate(committed_people.residents[:40]))
    replies: list[httpx.Response] = []
    many = asyncio.Event()

    async def keep_answering() -> None:
        while waiting:
            number, who = waiting.pop()
            replies.append(await _press(committed_api, survey_id, who, f"answer-{number}"))
            if len(replies) >= CLOSED_AFTER:
                many.set()

    async def close() -> int:
        await many.wait()
        await committed_api.post(f"/v1/surveys/{survey_id}/closure", who=staff)
        results = await committed_api.get(f"/v1/surveys/{survey_id}/results", who=staff)
        return int(results["responses"])

    final, *_ = await asyncio.gather(close(), *(keep_answering() for _ in range(PHONES)))
    refused = [reply.json() for reply in replies if reply.status_code != 201]
    assert {code_of(problem) for problem in refused} == {"survey-closed"}
    acknowledged = {reply.json()["id"] for reply in replies if reply.status_code == 201}
    rows = await fetch(
        "SELECT r.id, r.received_at < s.closes_at AS in_time FROM survey_responses r"
        " JOIN surveys s ON s.id = r.survey_id"
    )
    assert {str(row["id"]) for row in rows} == acknowledged
    assert final == len(acknowledged) >= CLOSED_AFTER
    assert all(row["in_time"] for row in rows)


async def test_two_staff_raise_one_need_from_one_option(
    committed_api: Api, committed_people: People
) -> None:
    survey_id = await opened(committed_api, committed_people)
    await answered(committed_api, survey_id, committed_people.resident, **ANSWERS)
    order = {
        "question_id": "care",
        "option_id": "evening",
        "title": "傍晚照护",
        "detail": "子女下班前无人照看。",
        "urgency": "normal",
    }
    staff = (committed_people.social_worker, committed_people.staff["shequ"])
    replies = await asyncio.gather(
        *(
            committed_api.ask("POST", f"/v1/surveys/{survey_id}/needs", who=who, body=order)
            for who in staff * 2
        )
    )
    assert sorted(reply.status_code for reply in replies) == [201, 409, 409, 409]
    assert await fetch_value("SELECT count(*) FROM needs") == 1
    assert await fetch_value("SELECT count(*) FROM need_voices") == 1
