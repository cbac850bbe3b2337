"""Putting oneself on the volunteer register."""

import re
from uuid import uuid4

import pytest

from backend.core.access import Role
from backend.core.db import fetch, fetch_value
from backend.identity.actions import grant_roles
from backend.identity.types import NewGrant
from tests.api import Api, code_of
from tests.people import COMMUNITY, OTHER_COMMUNITY, STREET, People

PROFILE = "/v1/me/volunteer-profile"


async def test_a_resident_gets_a_number_and_the_role(api: Api, people: People) -> None:
    profile = await api.post(PROFILE, {"skills": ["理发", "陪护"]}, who=people.resident)
    assert re.fullmatch(r"V-340104-\d{6}", profile["number"])
    assert (profile["place_code"], profile["skills"]) == (COMMUNITY, ["理发", "陪护"])
    me = await api.get("/v1/me", who=people.resident)
    assert {role["role"] for role in me["roles"]} == {"resident", "volunteer"}


async def test_staff_register_at_their_community(api: Api, people: People) -> None:
    profile = await api.post(PROFILE, {"skills": []}, who=people.party_worker)
    assert profile["place_code"] == COMMUNITY


async def test_eve_registers_at_her_own_community_only(api: Api, people: People) -> None:
    body = {"skills": [], "place_code": COMMUNITY}
    assert code_of(await api.post(PROFILE, body, who=people.eve, expect=404)) == "not-found"
    profile = await api.post(PROFILE, {"skills": []}, who=people.eve)
    assert profile["place_code"] == OTHER_COMMUNITY


async def test_who_takes_no_part_here_does_not_register(api: Api, people: People) -> None:
    problem = await api.post(PROFILE, {"skills": []}, who=people.street_officer, expect=403)
    assert code_of(problem) == "not-permitted"


async def test_blanks_alone_are_no_skill(api: Api, people: People) -> None:
    await api.post(PROFILE, {"skills": [" "]}, who=people.resident, expect=422)


@pytest.mark.rule("SS-33")
async def test_nobody_stands_on_the_register_twice(api: Api, people: People) -> None:
    first = await api.post(PROFILE, {"skills": []}, who=people.resident)
    again = await api.post(PROFILE, {"skills": ["理发"]}, who=people.resident, expect=409)
    assert code_of(again) == "volunteer-already-registered"
    other = await api.post(PROFILE, {"skills": []}, who=people.neighbour)
    assert other["number"] != first["number"]
    assert await fetch_value("SELECT count(*) FROM volunteer_profiles") == 2


async def test_the_same_request_again_gives_the_same_number(api: Api, people: People) -> None:
    key = str(uuid4())
    first = await api.post(PROFILE, {"skills": []}, who=people.resident, key=key)
    assert await api.post(PROFILE, {"skills": []}, who=people.resident, key=key) == first


async def test_a_community_must_be_named_where_it_is_not_obvious(api: Api, people: People) -> None:
    worker = people.social_worker
    await grant_roles([NewGrant(worker.account_id, Role.COMMUNITY_WORKER, STREET)])
    for body in ({"skills": []}, {"skills": [], "place_code": STREET}):
        problem = await api.post(PROFILE, body, who=worker, expect=422)
        assert code_of(problem) == "volunteer-community-unclear"
        assert problem["detail"] == "请选择要在哪个社区登记为志愿者；街道和区不办理登记。"
    named = {"skills": [], "place_code": COMMUNITY}
    assert (await api.post(PROFILE, named, who=worker))["place_code"] == COMMUNITY


async def test_unfit_skills_are_refused(api: Api, people: People) -> None:
    for skills in ([""], ["长" * 41], ["x"] * 21, None):
        await api.post(PROFILE, {"skills": skills}, who=people.resident, expect=422)


async def test_it_leaves_an_audit_row_without_what_was_written(api: Api, people: People) -> None:
    profile = await api.post(PROFILE, {"skills": ["理发"]}, who=people.resident)
    rows = await fetch("SELECT * FROM audit_events WHERE event = 'register_volunteer'")
    assert [(row["subject_id"], row["facts"]) for row in rows] == [
        (profile["number"], {"skills": 1})
    ]
