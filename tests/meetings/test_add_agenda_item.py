"""The chair fills the agenda until notice is given."""

from tests.api import Api, code_of
from tests.meetings import steps
from tests.people import People


async def test_items_stand_in_the_order_of_adding(api: Api, people: People) -> None:
    topic = await steps.topic(api, people)
    called = await steps.call(api, people, topic)
    path = f"/v1/meetings/{called.id}/agenda-items"
    second = await api.post(path, {"title": "停车管理"}, who=people.chair)
    assert (second["number"], second["topic_id"]) == (2, None)
    seen = await api.get(f"/v1/meetings/{called.id}", who=people.resident)
    assert [(i["number"], i["title"], i["topic_id"]) for i in seen["agenda"]] == [
        (1, "老年人晚间照料", topic),
        (2, "停车管理", None),
    ]


async def test_only_the_convener_fills_it(api: Api, people: People) -> None:
    path = f"/v1/meetings/{(await steps.call(api, people)).id}/agenda-items"
    await api.post(path, {"title": "x"}, who=people.eve, expect=404)
    await api.post(path, {"title": "x"}, who=people.representatives[0], expect=403)
    nowhere = f"/v1/meetings/{steps.NOBODYS}/agenda-items"
    await api.post(nowhere, {"title": "x"}, who=people.chair, expect=404)


async def test_a_topic_that_is_not_there_is_refused(api: Api, people: People) -> None:
    path = f"/v1/meetings/{(await steps.call(api, people)).id}/agenda-items"
    body = {"title": "x", "topic_id": steps.NOBODYS}
    await api.post(path, body, who=people.chair, expect=404)


async def test_after_the_notice_the_agenda_is_fixed(api: Api, people: People) -> None:
    called = await steps.notice(api, people)
    path = f"/v1/meetings/{called.id}/agenda-items"
    refused = await api.post(path, {"title": "临时动议"}, who=people.chair, expect=409)
    assert code_of(refused) == "agenda-fixed"
    seen = await api.get(f"/v1/meetings/{called.id}", who=people.chair)
    assert len(seen["agenda"]) == 1


async def test_it_leaves_an_audit_row(api: Api, people: People) -> None:
    called = await steps.call(api, people)
    (row,) = await steps.audited("add_agenda_item")
    assert (row["subject_id"], row["facts"]) == (called.id, {"number": 1})
