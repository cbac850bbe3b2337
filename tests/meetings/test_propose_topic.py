"""A resident proposes a topic, often on a need."""

import pytest

from backend.core.db import fetch_value
from tests.api import Api, code_of
from tests.meetings import steps
from tests.people import COMMUNITY, OTHER_COMMUNITY, People

PATH = f"/v1/places/{COMMUNITY}/topics"
BODY = {"title": "晚间照料", "text": "希望晚间有人陪伴独居老人。"}


async def test_a_resident_proposes_a_topic_on_a_need(api: Api, people: People) -> None:
    need = await steps.need(api, people)
    topic = await api.post(PATH, BODY | {"need_id": need}, who=people.resident)
    assert (topic["need_id"], topic["category"]) == (need, "elderly")
    assert (topic["supporters"], topic["supported_by_me"]) == (0, False)
    assert topic["place_code"] == COMMUNITY


async def test_a_topic_needs_no_need(api: Api, people: People) -> None:
    topic = await api.post(PATH, BODY | {"category": "property"}, who=people.resident)
    assert (topic["need_id"], topic["category"]) == (None, "property")


@pytest.mark.rule("NJ-28")
@pytest.mark.parametrize(
    "category", ["property", "environment", "parking_security", "safety_disputes"]
)
async def test_the_matters_of_consultation_each_have_a_category(
    api: Api, people: People, category: str
) -> None:
    topic = await api.post(PATH, BODY | {"category": category}, who=people.resident)
    assert topic["category"] == category


async def test_only_people_of_the_place_propose(api: Api, people: People) -> None:
    await api.post(PATH, BODY, who=people.eve, expect=404)
    await api.post(PATH, BODY, who=people.administrator, expect=403)
    await api.post(PATH, BODY, expect=401)


async def test_a_need_of_another_place_is_not_found(api: Api, people: People) -> None:
    need = await steps.need(api, people)
    path = f"/v1/places/{OTHER_COMMUNITY}/topics"
    await api.post(path, BODY | {"need_id": need}, who=people.eve, expect=404)
    await api.post(path, BODY | {"need_id": need}, who=people.resident, expect=404)


async def test_a_declined_need_gets_no_topic(api: Api, people: People) -> None:
    need = await steps.need(api, people)
    await steps.decline(need)
    refused = await api.post(PATH, BODY | {"need_id": need}, who=people.resident, expect=409)
    assert code_of(refused) == "need-declined"
    assert await fetch_value("SELECT count(*) FROM topics") == 0


async def test_a_category_that_nobody_knows_is_refused(api: Api, people: People) -> None:
    await api.post(PATH, BODY | {"category": "x"}, who=people.resident, expect=422)
    await api.post(PATH, BODY | {"title": ""}, who=people.resident, expect=422)


@pytest.mark.parametrize("field", ["title", "text"])
async def test_blanks_alone_are_no_topic(api: Api, people: People, field: str) -> None:
    refused = await api.post(PATH, BODY | {field: " \u3000\n"}, who=people.resident, expect=422)
    assert refused["fields"] == [field]


async def test_it_leaves_a_step_of_the_need_and_an_audit_row(api: Api, people: People) -> None:
    need = await steps.need(api, people)
    topic = await api.post(PATH, BODY | {"need_id": need}, who=people.resident)
    seen = await api.get(f"/v1/needs/{need}", who=people.neighbour)
    step = next(step for step in seen["steps"] if step["step"] == "topic_proposed")
    assert (step["ref_kind"], step["ref_id"]) == ("topic", topic["id"])
    assert step["text"] == "有居民就此提出议题“晚间照料”，您可以表示支持。"
    assert await fetch_value("SELECT count(*) FROM need_steps WHERE ref_id = $1", topic["id"]) == 1
    (row,) = await steps.audited("propose_topic")
    assert (row["subject_id"], row["facts"]) == (topic["id"], {"need_id": need})
