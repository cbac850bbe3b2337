"""Reading a need and what became of it."""

import json
from uuid import UUID, uuid4

from backend.needs.actions import record_step
from backend.needs.types import NewStep, Step
from tests.api import Api, code_of
from tests.builders import actor_of
from tests.needs.heard import DETAIL, hear
from tests.people import People

STEPS = [
    NewStep(Step.TOPIC_PROPOSED, "topic", "t-1", "有居民提出议题", "A resident proposed a topic"),
    NewStep(Step.DECIDED, "motion", "m-1", "37 人中 20 人赞成", "20 of 37 voted yes"),
]


async def test_steps_stand_in_their_order_with_their_links(api: Api, people: People) -> None:
    need = await hear(api, people)
    actor = await actor_of(people.chair)
    for step in STEPS:
        await record_step(actor, UUID(need["id"]), step)
    shown = await api.get(f"/v1/needs/{need['id']}", who=people.resident)
    assert [(s["step"], s["ref_kind"], s["ref_id"]) for s in shown["steps"]] == [
        ("topic_proposed", "topic", "t-1"),
        ("decided", "motion", "m-1"),
    ]
    assert [step["text"] for step in shown["steps"]] == ["有居民提出议题", "37 人中 20 人赞成"]
    assert shown["step_count"] == 2
    english = await api.get(
        f"/v1/needs/{need['id']}", who=people.resident, headers={"Accept-Language": "en"}
    )
    assert english["steps"][1]["text"] == "20 of 37 voted yes"


async def test_the_private_part_is_for_who_keeps_needs(api: Api, people: People) -> None:
    need = await hear(api, people, people.resident)
    path = f"/v1/needs/{need['id']}"
    kept = await api.get(path, who=people.social_worker)
    assert kept["private"]["detail"] == DETAIL
    for reader in (people.resident, people.chair, people.street_officer, people.volunteer):
        shown = await api.get(path, who=reader)
        assert shown["private"] is None
        assert DETAIL not in json.dumps(shown, ensure_ascii=False)


async def test_eve_finds_nothing(api: Api, people: People) -> None:
    need = await hear(api, people)
    problem = await api.get(f"/v1/needs/{need['id']}", who=people.eve, expect=404)
    assert code_of(problem) == "not-found"
    assert code_of(await api.get(f"/v1/needs/{need['id']}", expect=401)) == "not-signed-in"


async def test_an_unknown_need_reads_the_same(api: Api, people: People) -> None:
    problem = await api.get(f"/v1/needs/{uuid4()}", who=people.social_worker, expect=404)
    assert code_of(problem) == "not-found"
