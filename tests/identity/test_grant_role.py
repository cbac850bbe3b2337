"""Giving a role at a place."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from backend.core.access import Role
from backend.core.db import fetch, fetch_one, fetch_value
from backend.identity.actions import grant_roles
from backend.identity.types import NewGrant
from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.people import COMMUNITY, OTHER_COMMUNITY, STREET, People, Someone

PATH = "/v1/role-grants"
HOUSEHOLDS = f"/v1/places/{COMMUNITY}/households"


def order(who: Someone, role: str = "grid_worker", **changes: Any) -> dict[str, Any]:
    return {"account_id": str(who.account_id), "role": role, "place_code": COMMUNITY} | changes


async def in_two_days() -> str:
    found = await fetch_value("SELECT linli_now() + interval '2 days'")
    return str(found.isoformat())


async def test_it_takes_effect_on_the_next_request(api: Api, people: People) -> None:
    who = people.resident
    await api.get(HOUSEHOLDS, who=who, expect=403)
    grant = await api.post(PATH, order(who), who=people.administrator)
    assert grant | {"id": 0} == order(who) | {"id": 0, "valid_until": None}
    await api.get(HOUSEHOLDS, who=who)
    roles = (await api.get("/v1/me", who=who))["roles"]
    assert {role["role"] for role in roles} == {"resident", "grid_worker"}


async def test_a_role_holds_below_its_place_and_nowhere_else(api: Api, people: People) -> None:
    await api.post(PATH, order(people.resident, place_code=STREET), who=people.administrator)
    await api.get(HOUSEHOLDS, who=people.resident)
    other = f"/v1/places/{OTHER_COMMUNITY}/households"
    await api.get(other, who=people.resident, expect=404)


async def test_it_ends_by_itself(api: Api, people: People) -> None:
    body = order(people.resident, valid_until=await in_two_days())
    await api.post(PATH, body, who=people.administrator)
    await move_clock(timedelta(days=2, seconds=-10))
    await api.get(HOUSEHOLDS, who=people.resident)
    await move_clock(timedelta(seconds=11))
    await api.get(HOUSEHOLDS, who=people.resident, expect=403)


async def test_a_role_that_has_run_out_may_be_given_again(api: Api, people: People) -> None:
    body = order(people.resident, valid_until=await in_two_days())
    await api.post(PATH, body, who=people.administrator)
    await move_clock(timedelta(days=3))
    await api.post(PATH, order(people.resident), who=people.administrator)
    await api.get(HOUSEHOLDS, who=people.resident)


async def test_a_seat_gives_its_role_back_after_it_ran_out(api: Api, people: People) -> None:
    who = people.resident
    body = order(who, "representative", valid_until=await in_two_days())
    await api.post(PATH, body, who=people.administrator)
    await move_clock(timedelta(days=3))
    seat = {"person_id": str(who.person_id), "body": "representatives"}
    await api.post(f"/v1/places/{COMMUNITY}/body-memberships", seat, who=people.chair)
    roles = (await api.get("/v1/me", who=who))["roles"]
    assert "representative" in {role["role"] for role in roles}


async def test_only_an_administrator_gives_roles(api: Api, people: People) -> None:
    for who in (people.eve, people.resident, people.chair, people.street_officer):
        problem = await api.post(PATH, order(who), who=who, expect=403)
        assert code_of(problem) == "not-permitted"
    await api.post(PATH, order(people.resident), expect=401)


async def test_an_administrator_gives_roles_in_her_own_place_only(api: Api, people: People) -> None:
    """Eve is made administrator of her own community: ours is still hidden from her."""
    await grant_roles([NewGrant(people.eve.account_id, Role.ADMINISTRATOR, OTHER_COMMUNITY)])
    await api.post(PATH, order(people.eve), who=people.eve, expect=404)
    await api.post(PATH, order(people.eve, place_code=STREET), who=people.eve, expect=404)
    await api.post(PATH, order(people.eve, place_code=OTHER_COMMUNITY), who=people.eve)


async def test_twice_is_a_conflict(api: Api, people: People) -> None:
    await api.post(PATH, order(people.resident), who=people.administrator)
    problem = await api.post(PATH, order(people.resident), who=people.administrator, expect=409)
    assert code_of(problem) == "role-already-held"


@pytest.mark.parametrize("change", [{"account_id": str(uuid4())}, {"place_code": "nowhere"}])
async def test_an_unknown_account_or_place_is_not_found(
    api: Api, people: People, change: dict[str, Any]
) -> None:
    body = order(people.resident, **change)
    assert code_of(await api.post(PATH, body, who=people.administrator, expect=404)) == "not-found"


async def test_a_role_in_the_past_is_refused(api: Api, people: People) -> None:
    ends = await in_two_days()
    await move_clock(timedelta(days=2))
    body = order(people.resident, valid_until=ends)
    problem = await api.post(PATH, body, who=people.administrator, expect=422)
    assert code_of(problem) == "role-ends-in-past"


async def test_what_it_leaves_behind(api: Api, people: People) -> None:
    grant = await api.post(PATH, order(people.resident), who=people.administrator)
    row = await fetch_one("SELECT * FROM audit_events WHERE event = 'grant_role'")
    assert (row["account_id"], row["subject_id"], row["place_code"]) == (
        people.administrator.account_id,
        grant["id"],
        COMMUNITY,
    )
    assert row["facts"] == {"account_id": str(people.resident.account_id), "role": "grid_worker"}
    stored = await fetch_one("SELECT * FROM role_grants WHERE id = $1", grant["id"])
    assert stored["granted_by"] == people.administrator.account_id


async def test_many_at_once_give_one_role(committed_api: Api, committed_people: People) -> None:
    body, who = order(committed_people.resident), committed_people.administrator
    answers = await asyncio.gather(
        *(committed_api.ask("POST", PATH, body=body, who=who) for _ in range(10))
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9
    assert await fetch("SELECT 1 FROM role_grants WHERE role = 'grid_worker' AND account_id = $1",
                       committed_people.resident.account_id) != []  # fmt: skip
