"""Seating a resident in a body of the community."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from backend.community.queries import list_body_members
from backend.community.types import CommunityBody, Office
from backend.core.access import Role
from backend.core.db import fetch, fetch_one, fetch_value
from backend.core.masking import masked_name
from backend.identity.queries import list_people_with_role
from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.people import COMMUNITY, OTHER_COMMUNITY, People, Someone

PATH = f"/v1/places/{COMMUNITY}/body-memberships"


def order(who: Someone, body: str = "representatives", **changes: Any) -> dict[str, Any]:
    return {"person_id": str(who.person_id), "body": body} | changes


async def roles_of(api: Api, who: Someone) -> set[str]:
    return {role["role"] for role in (await api.get("/v1/me", who=who))["roles"]}


async def move_to(moment: datetime) -> None:
    await move_clock(moment - await fetch_value("SELECT linli_now()"))


async def evening() -> date:
    """Move the clock to the next 17:00 UTC, 01:00 of the day after in Hefei: that day there."""
    at: datetime = await fetch_value("SELECT linli_now()")
    five = datetime.combine(at.date(), time(17), UTC)
    await move_to(five if five > at else five + timedelta(days=1))
    return (five if five > at else five + timedelta(days=1)).date() + timedelta(days=1)


async def end_chair() -> None:
    await fetch("UPDATE body_memberships SET to_on = linli_now()::date WHERE office = 'chair'")


async def test_a_seat_brings_its_role(api: Api, people: People) -> None:
    seat = await api.post(PATH, order(people.resident), who=people.chair)
    assert (seat["name"], seat["body"], seat["office"]) == (
        people.resident.name,
        "representatives",
        "member",
    )
    today = await fetch_value("SELECT (linli_now() AT TIME ZONE 'Asia/Shanghai')::date")
    assert seat["from_on"] == today.isoformat()
    assert await roles_of(api, people.resident) == {"resident", "representative"}
    members = await list_body_members(COMMUNITY, CommunityBody.REPRESENTATIVES)
    assert people.resident.person_id in {member.person_id for member in members}


@pytest.mark.parametrize(
    ("body", "office", "role"),
    [
        ("committee", "member", "committee_member"),
        ("committee", "deputy", "committee_member"),
        ("committee", "chair", "committee_chair"),
        ("representatives", "chair", "representative"),
        ("supervision", "chair", None),
    ],
)
async def test_each_seat_has_its_own_role(
    api: Api, people: People, body: str, office: str, role: str | None
) -> None:
    await end_chair()
    await api.post(PATH, order(people.resident, body, office=office), who=people.chair)
    assert await roles_of(api, people.resident) == {"resident"} | ({role} if role else set())


async def test_a_seat_begins_by_the_calendar_of_the_place(api: Api, people: People) -> None:
    today = await evening()
    seat = await api.post(PATH, order(people.resident), who=people.chair)
    assert seat["from_on"] == today.isoformat()
    members = await list_body_members(COMMUNITY, CommunityBody.REPRESENTATIVES)
    assert people.resident.person_id in {member.person_id for member in members}
    today_too = order(people.neighbour, from_on=today.isoformat())
    await api.post(PATH, today_too, who=people.chair)
    assert "representative" in await roles_of(api, people.neighbour)


async def test_a_later_seat_brings_its_role_on_its_day(api: Api, people: People) -> None:
    someone, day = people.resident, await evening() + timedelta(days=1)
    await api.post(PATH, order(someone, from_on=day.isoformat()), who=people.chair)
    begins = datetime.combine(day, time(), UTC) - timedelta(hours=8)
    for moment in (None, begins - timedelta(seconds=30)):
        if moment:
            await move_to(moment)
        assert await roles_of(api, someone) == {"resident"}
        holders = await list_people_with_role(Role.REPRESENTATIVE, COMMUNITY)
        assert someone.person_id not in holders
    await move_to(begins)
    assert await roles_of(api, someone) == {"resident", "representative"}
    assert someone.person_id in await list_people_with_role(Role.REPRESENTATIVE, COMMUNITY)


async def test_an_earlier_seat_brings_its_role_at_once(api: Api, people: People) -> None:
    for someone, day in ((people.resident, "2020-01-01"), (people.neighbour, "0001-01-01")):
        await api.post(PATH, order(someone, from_on=day), who=people.chair)
        assert "representative" in await roles_of(api, someone)


async def test_a_person_may_sit_in_two_bodies(api: Api, people: People) -> None:
    await api.post(PATH, order(people.resident), who=people.chair)
    await api.post(PATH, order(people.resident, "supervision"), who=people.chair)


async def test_only_the_chair_of_this_community_keeps_its_bodies(api: Api, people: People) -> None:
    for who in (people.resident, people.committee[1], people.social_worker, people.street_officer):
        problem = await api.post(PATH, order(people.resident), who=who, expect=403)
        assert code_of(problem) == "not-permitted"
    hidden = await api.post(PATH, order(people.resident), who=people.eve, expect=404)
    assert code_of(hidden) == "not-found"
    await api.post(PATH, order(people.resident), expect=401)
    assert await roles_of(api, people.resident) == {"resident"}


async def test_a_seat_is_held_once(api: Api, people: People) -> None:
    problem = await api.post(PATH, order(people.representatives[0]), who=people.chair, expect=409)
    assert code_of(problem) == "seat-already-held"


async def test_a_body_has_one_chair(api: Api, people: People) -> None:
    body = order(people.resident, "committee", office="chair")
    assert code_of(await api.post(PATH, body, who=people.chair, expect=409)) == "chair-taken"
    await end_chair()
    await api.post(PATH, body, who=people.chair)
    members = await list_body_members(COMMUNITY, CommunityBody.COMMITTEE)
    assert [one.person_id for one in members if one.office is Office.CHAIR] == [
        people.resident.person_id
    ]


async def test_only_confirmed_residents_sit(api: Api, people: People) -> None:
    nobody = order(people.resident, person_id=str(uuid4()))
    for body in (order(people.eve), order(people.social_worker), nobody):
        problem = await api.post(PATH, body, who=people.chair, expect=422)
        assert code_of(problem) == "not-a-resident"
    await fetch(
        "UPDATE residencies SET confirmed_at = NULL WHERE person_id = $1",
        people.resident.person_id,
    )
    await api.post(PATH, order(people.resident), who=people.chair, expect=422)


async def test_names_are_masked_but_for_the_keeper(api: Api, people: People) -> None:
    chair = people.chair
    full = await api.get(PATH, who=chair, params={"body": "committee"})
    assert len(full) == 7
    assert chair.name in {seat["name"] for seat in full}
    for who in (people.resident, people.street_officer):
        seats = await api.get(PATH, who=who, params={"body": "committee"})
        assert [seat["name"] for seat in seats] == [masked_name(seat["name"]) for seat in full]
    assert len(await api.get(PATH, who=chair)) == 37
    await api.get(PATH, expect=401)
    await api.get(PATH, who=chair, params={"body": "kings"}, expect=422)


async def test_only_who_belongs_to_the_place_sees_its_seats(api: Api, people: People) -> None:
    assert code_of(await api.get(PATH, who=people.eve, expect=404)) == "not-found"
    other = f"/v1/places/{OTHER_COMMUNITY}/body-memberships"
    assert await api.get(other, who=people.eve) == []
    await api.get(other, who=people.resident, expect=404)


async def test_what_it_leaves_behind(api: Api, people: People) -> None:
    seat = await api.post(PATH, order(people.resident), who=people.chair)
    row = await fetch_one("SELECT * FROM audit_events WHERE event = 'seat_member'")
    assert (row["account_id"], row["subject_id"], row["place_code"]) == (
        people.chair.account_id,
        seat["id"],
        COMMUNITY,
    )
    assert row["facts"] == {"body": "representatives", "office": "member"}


async def test_two_who_are_made_chair_at_once(committed_api: Api, committed_people: People) -> None:
    await end_chair()
    answers = await asyncio.gather(
        *(
            committed_api.ask(
                "POST", PATH, body=order(who, "committee", office="chair"),
                who=committed_people.chair,
            )
            for who in committed_people.residents[:6]
        )
    )  # fmt: skip
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5
    assert {code_of(one.json()) for one in answers if one.status_code == 409} == {"chair-taken"}
