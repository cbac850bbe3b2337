"""A key makes a POST take effect once, whatever the network does."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from backend.core.db import fetch, fetch_value
from backend.core.idempotency import forget_old_keys
from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.people import COMMUNITY, People, Someone

PATH = "/v1/role-grants"


def order(who: Someone, role: str = "volunteer") -> dict[str, Any]:
    return {"account_id": str(who.account_id), "role": role, "place_code": COMMUNITY}


async def count_grants(who: Someone, role: str = "volunteer") -> int:
    return int(
        await fetch_value(
            "SELECT count(*) FROM role_grants WHERE account_id = $1 AND role = $2",
            who.account_id,
            role,
        )
    )


async def count_keys() -> int:
    return int(await fetch_value("SELECT count(*) FROM idempotency_keys"))


async def test_the_same_key_gets_the_same_answer_and_one_row(api: Api, people: People) -> None:
    first = await api.post(PATH, order(people.resident), who=people.administrator, key="k1")
    again = await api.post(PATH, order(people.resident), who=people.administrator, key="k1")
    assert again == first
    assert await count_grants(people.resident) == 1
    assert await fetch_value("SELECT count(*) FROM audit_events WHERE event = 'grant_role'") == 1


async def test_another_body_under_the_same_key_is_refused(api: Api, people: People) -> None:
    await api.post(PATH, order(people.resident), who=people.administrator, key="k1")
    problem = await api.post(
        PATH, order(people.neighbour), who=people.administrator, key="k1", expect=422
    )
    assert code_of(problem) == "idempotency-key-reused"
    assert await count_grants(people.neighbour) == 0


async def test_a_key_belongs_to_one_account_and_one_operation(api: Api, people: People) -> None:
    await api.post(PATH, order(people.resident), who=people.administrator, key="k1")
    seat = {"person_id": str(people.resident.person_id), "body": "representatives"}
    seats = f"/v1/places/{COMMUNITY}/body-memberships"
    assert (await api.post(seats, seat, who=people.chair, key="k1"))["body"] == "representatives"
    step = {"step": "1h"}
    assert "now" in await api.post("/v1/clock/advances", step, who=people.administrator, key="k1")


async def test_a_refused_attempt_leaves_no_key(api: Api, people: People) -> None:
    wrong = order(people.resident) | {"place_code": "nowhere"}
    await api.post(PATH, wrong, who=people.administrator, key="k1", expect=404)
    assert await count_keys() == 0
    await api.post(PATH, order(people.resident), who=people.administrator, key="k1")
    assert await count_grants(people.resident) == 1


async def test_keys_are_forgotten_after_72_hours(api: Api, people: People) -> None:
    await api.post(PATH, order(people.resident), who=people.administrator, key="k1")
    await move_clock(timedelta(hours=71))
    assert await forget_old_keys() == 0
    await move_clock(timedelta(hours=2))
    assert await forget_old_keys() == 1
    assert await count_keys() == 0


@pytest.mark.parametrize("key", ["k" * 101, "k" * 5000, "a b", " ", "k\x7f", "é", "\t"])
async def test_an_unreadable_key_is_refused(api: Api, people: People, key: str) -> None:
    answer = await api.http.post(
        PATH,
        json=order(people.resident),
        headers={
            **people.administrator.bearer,
            "Idempotency-Key": key.encode("latin-1"),  # type: ignore[dict-item]
        },
    )
    assert (answer.status_code, code_of(answer.json())) == (400, "idempotency-key-invalid")
    assert await count_grants(people.resident) == 0


async def test_the_longest_key_is_taken(api: Api, people: People) -> None:
    await api.post(PATH, order(people.resident), who=people.administrator, key="k" * 100)
    assert await count_keys() == 1


async def test_without_a_key_a_post_works_where_none_is_needed(api: Api, people: People) -> None:
    await api.post(PATH, order(people.resident), who=people.administrator, key=None)
    assert await count_keys() == 0


async def test_where_a_key_is_needed_its_absence_is_refused(api: Api, people: People) -> None:
    path = f"/v1/surveys/{people.resident.person_id}/responses"
    body = {"answers": {}, "client_id": "c", "answered_at": "2026-01-01T00:00:00Z"}
    problem = await api.post(path, body, who=people.resident, key=None, expect=400)
    assert code_of(problem) == "idempotency-key-missing"


async def test_the_same_key_in_parallel_takes_effect_once(
    committed_api: Api, committed_people: People
) -> None:
    who, administrator = committed_people.resident, committed_people.administrator
    answers = await asyncio.gather(
        *(committed_api.post(PATH, order(who), who=administrator, key="k1") for _ in range(20))
    )
    assert answers == [answers[0]] * 20
    assert await count_grants(who) == 1
    assert await count_keys() == 1


async def test_a_key_whose_first_request_hangs_is_a_conflict(
    committed_api: Api, committed_people: People
) -> None:
    """The second waits for the lock timeout, then says that nothing was changed."""
    who, administrator = committed_people.resident, committed_people.administrator
    await fetch(
        "CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN PERFORM pg_sleep(2.6); RETURN NEW; END $$"
    )
    await fetch(
        "CREATE TRIGGER linger BEFORE INSERT ON role_grants FOR EACH ROW EXECUTE FUNCTION linger()"
    )
    first = asyncio.create_task(committed_api.post(PATH, order(who), who=administrator, key="k1"))
    await asyncio.sleep(0.5)
    second = await committed_api.post(PATH, order(who), who=administrator, key="k1", expect=409)
    assert code_of(second) == "conflict"
    assert (await first)["role"] == "volunteer"
    assert await count_grants(who) == 1
