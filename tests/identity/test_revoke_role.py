"""Taking a role back."""

import asyncio
from typing import Any
from uuid import uuid4

from backend.core.access import Role
from backend.core.db import fetch_one, fetch_value
from backend.identity.actions import grant_roles
from backend.identity.types import NewGrant
from tests.api import Api, code_of
from tests.people import COMMUNITY, OTHER_COMMUNITY, People, Someone

HOUSEHOLDS = f"/v1/places/{COMMUNITY}/households"


async def grant_to(who: Someone, role: Role) -> str:
    row = await fetch_one(
        "SELECT id FROM role_grants WHERE account_id = $1 AND role = $2 AND revoked_at IS NULL",
        who.account_id,
        role,
    )
    return f"/v1/role-grants/{row['id']}"


async def test_it_ends_with_the_next_request(api: Api, people: People) -> None:
    path = await grant_to(people.social_worker, Role.SOCIAL_WORKER)
    await api.get(HOUSEHOLDS, who=people.social_worker)
    assert await api.delete(path, who=people.administrator) is None
    await api.get(HOUSEHOLDS, who=people.social_worker, expect=403)
    assert (await api.get("/v1/me", who=people.social_worker))["roles"] == []


async def test_it_may_be_given_again(api: Api, people: People) -> None:
    await api.delete(
        await grant_to(people.social_worker, Role.SOCIAL_WORKER), who=people.administrator
    )
    again: dict[str, Any] = {
        "account_id": str(people.social_worker.account_id),
        "role": "social_worker",
        "place_code": COMMUNITY,
    }
    await api.post("/v1/role-grants", again, who=people.administrator)
    await api.get(HOUSEHOLDS, who=people.social_worker)


async def test_only_an_administrator_takes_roles(api: Api, people: People) -> None:
    path = await grant_to(people.resident, Role.RESIDENT)
    for who in (people.eve, people.resident, people.chair):
        assert code_of(await api.delete(path, who=who, expect=403)) == "not-permitted"
    assert (await api.get("/v1/me", who=people.resident))["roles"]


async def test_an_administrator_of_another_place_finds_nothing(api: Api, people: People) -> None:
    await grant_roles([NewGrant(people.eve.account_id, Role.ADMINISTRATOR, OTHER_COMMUNITY)])
    path = await grant_to(people.resident, Role.RESIDENT)
    assert code_of(await api.delete(path, who=people.eve, expect=404)) == "not-found"


async def test_twice_and_unknown_are_not_found(api: Api, people: People) -> None:
    path = await grant_to(people.resident, Role.RESIDENT)
    await api.delete(path, who=people.administrator)
    await api.delete(path, who=people.administrator, expect=404)
    await api.delete(f"/v1/role-grants/{uuid4()}", who=people.administrator, expect=404)


async def test_it_is_recorded(api: Api, people: People) -> None:
    path = await grant_to(people.resident, Role.RESIDENT)
    await api.delete(path, who=people.administrator)
    row = await fetch_one("SELECT * FROM audit_events WHERE event = 'revoke_role'")
    assert row["account_id"] == people.administrator.account_id
    assert row["place_code"] == COMMUNITY
    assert path.endswith(row["subject_id"])


async def test_many_at_once_take_it_once(committed_api: Api, committed_people: People) -> None:
    path = await grant_to(committed_people.resident, Role.RESIDENT)
    answers = await asyncio.gather(
        *(committed_api.ask("DELETE", path, who=committed_people.administrator) for _ in range(10))
    )
    assert sorted(answer.status_code for answer in answers) == [204] + [404] * 9
    events = await fetch_value("SELECT count(*) FROM audit_events WHERE event = 'revoke_role'")
    assert events == 1
