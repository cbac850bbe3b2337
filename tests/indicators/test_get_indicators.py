"""Reading what a place has reached."""

from datetime import timedelta
from typing import Any

import pytest

from backend.core.db import fetch_value
from backend.seeding.people import DISTRICT
from tests.api import Api, code_of
from tests.needs.heard import hear
from tests.people import COMMUNITY, People
from tests.volunteers.scene import now, set_scene

PATH = f"/v1/places/{COMMUNITY}/indicators"


def target(view: dict[str, Any], key: str) -> tuple[int, int, bool]:
    """Numerator, denominator and whether the target is met."""
    found = next(t for t in view["targets"] if t["key"] == key)
    return found["numerator"], found["denominator"], found["met"]


def promise(view: dict[str, Any], key: str) -> dict[str, Any]:
    """One of the promises."""
    return next(dict(p) for p in view["promises"] if p["key"] == key)


@pytest.mark.rule("SS-11")
async def test_registered_volunteers_stand_over_permanent_residents(
    api: Api, people: People
) -> None:
    permanent = await fetch_value(
        "SELECT count(DISTINCT person_id) FROM residencies WHERE place_code = $1 AND permanent",
        COMMUNITY,
    )
    needed = -(-permanent // 10)
    scene = await set_scene(api, people)
    await scene.register(*people.residents[: needed - 1])
    seen = await api.get(PATH, who=people.social_worker)
    assert target(seen, "volunteers_registered") == (needed - 1, permanent, False)
    await scene.register(people.residents[needed])
    seen = await api.get(PATH, who=people.social_worker)
    assert target(seen, "volunteers_registered") == (needed, permanent, True)


@pytest.mark.rule("SS-12")
@pytest.mark.rule("SS-13")
async def test_who_serves_counts_once_and_backbone_needs_its_hours(
    api: Api, people: People
) -> None:
    scene = await set_scene(api, people)
    await scene.register(*people.residents[:4])
    await scene.add_member(people.party_worker, "party_worker")
    for days in (1, 1):
        shift = await scene.open_shift(days=days)
        await scene.sign_up(shift, people.residents[0])
        await scene.sign_up(shift, people.party_worker, "party_worker")
        await scene.serve(shift, people.residents[0], people.party_worker)
    seen = await api.get(PATH, who=people.social_worker)
    assert target(seen, "volunteers_serving") == (1, 4, False)
    assert target(seen, "volunteers_backbone") == (0, 4, False)
    minutes = await fetch_value(
        "SELECT sum(minutes) FROM hours_entries WHERE ledger = 'volunteer' AND person_id = $1",
        people.residents[0].person_id,
    )
    assert seen["hours"]["volunteer_minutes"] == minutes > 0
    assert seen["hours"]["duty_minutes"] > 0
    await fetch_value(
        "UPDATE hours_entries SET minutes = 1500 WHERE ledger = 'volunteer' RETURNING 1"
    )
    seen = await api.get(PATH, who=people.social_worker)
    assert target(seen, "volunteers_backbone") == (1, 4, True)


async def test_a_day_in_the_past_counts_what_was_there_then(api: Api, people: People) -> None:
    scene = await set_scene(api, people)
    await scene.register(people.residents[0])
    yesterday = (await now() - timedelta(days=2)).date().isoformat()
    seen = await api.get(f"{PATH}?on={yesterday}", who=people.social_worker)
    assert target(seen, "volunteers_registered")[0] == 0
    assert promise(seen, "need_answered")["total"] == 0


async def test_a_need_without_an_answer_is_listed_by_name(api: Api, people: People) -> None:
    need = await hear(api, people)
    seen = await api.get(PATH, who=people.resident)
    answered = promise(seen, "need_answered")
    assert (answered["covered"], answered["total"]) == (0, 1)
    assert answered["uncovered"] == [{"kind": "need", "ref": need["id"], "title": need["title"]}]
    assert answered["name"] == "每个需求都有回应"


async def test_figures_are_named_in_english_where_asked(api: Api, people: People) -> None:
    seen = await api.get(PATH, who=people.resident, headers={"Accept-Language": "en"})
    assert seen["targets"][0]["name"] == "registered volunteers"
    assert promise(seen, "need_answered")["name"] == "every need gets an answer"


async def test_eve_finds_nothing_and_nobody_must_sign_in(api: Api, people: People) -> None:
    assert code_of(await api.get(PATH, who=people.eve, expect=404)) == "not-found"
    assert code_of(await api.get(PATH, expect=401)) == "not-signed-in"


async def test_the_district_is_for_those_who_may_read_all_of_it(api: Api, people: People) -> None:
    need = await hear(api, people)
    district = f"/v1/places/{DISTRICT}/indicators"
    for outsider in (people.eve, people.resident):
        assert code_of(await api.get(district, who=outsider, expect=404)) == "not-found"
    seen = await api.get(district, who=people.purchaser)
    assert need["id"] in {gap["ref"] for gap in promise(seen, "need_answered")["uncovered"]}


async def test_all_is_counted_and_the_first_fifty_gaps_are_named(api: Api, people: People) -> None:
    await fetch_value(
        "WITH added AS (INSERT INTO needs (id, place_code, category, title, detail, urgency,"
        " affected_count, source_kind, source_ref, state, raised_by, raised_at)"
        " SELECT gen_random_uuid(), $1, 'elderly', 'x', 'y', 'normal', 1, 'visit', 'z',"
        " CASE WHEN n <= 55 THEN 'raised' ELSE 'answered' END, $2, linli_now()"
        " FROM generate_series(1, 60) n RETURNING 1) SELECT count(*) FROM added",
        COMMUNITY,
        people.social_worker.account_id,
    )
    answered = promise(await api.get(PATH, who=people.social_worker), "need_answered")
    assert (answered["covered"], answered["total"], len(answered["uncovered"])) == (5, 60, 50)


async def test_a_day_before_any_policy_is_refused(api: Api, people: People) -> None:
    problem = await api.get(f"{PATH}?on=2001-01-01", who=people.resident, expect=409)
    assert code_of(problem) == "no-policy-in-force"
