"""Starting an application in the name of one's organisation."""

from datetime import timedelta
from uuid import uuid4

import pytest

from backend.core.db import fetch_one
from tests.api import Api, code_of
from tests.grants.scene import SOUND, Scene, plan
from tests.people import COMMUNITY, People


async def test_a_manager_drafts_for_her_organisation(api: Api, scene: Scene) -> None:
    draft = await scene.draft(await scene.open_call())
    assert (draft["state"], draft["submitted_at"]) == ("draft", None)
    assert (draft["organisation_id"], draft["organisation_name"]) == (
        str(scene.ours),
        "暮光助老社",
    )
    assert draft["requested_fen"] == 4_800_000
    assert draft["findings"] == []
    numbered = [(line["number"], line["cost_line"]) for line in draft["budget_lines"]]
    assert numbered == [(n, key) for n, (key, _) in enumerate(SOUND, start=1)]


async def test_a_draft_above_the_cap_is_kept_and_told_what_to_mend(api: Api, scene: Scene) -> None:
    call_id = await scene.open_call()
    lines = (("activity", 4_000_000), ("materials", 1_000_000), ("management", 600_000))
    draft = await scene.draft(call_id, lines=lines)
    assert draft["requested_fen"] == 5_600_000
    over, fee = draft["findings"]
    assert (over["code"], over["line"]) == ("cap-exceeded", 1)
    assert (over["amount_fen"], over["limit_fen"]) == (5_600_000, 5_000_000)
    assert over["basis"]["source"] == "call"
    assert (fee["code"], fee["line"], fee["limit_fen"]) == ("share-exceeded", 3, 500_000)
    assert "第 3 行“管理费”6,000.00 元超过总额的 1/10" in fee["zh"]
    assert "请改为不超过 5,000.00 元" in fee["zh"]
    kept = await api.get(f"/v1/applications/{draft['id']}", who=scene.people.manager)
    assert kept == draft


async def test_who_manages_no_such_organisation_drafts_nothing(
    api: Api, people: People, scene: Scene
) -> None:
    path = f"/v1/calls/{await scene.open_call()}/applications"
    ours = plan() | {"organisation_id": str(scene.ours)}
    for someone in (people.eve, people.second_manager):
        assert code_of(await api.post(path, ours, who=someone, expect=404)) == "not-found"
    for someone in (people.resident, people.street_officer):
        assert code_of(await api.post(path, ours, who=someone, expect=403)) == "not-permitted"


async def test_a_call_of_another_street_is_not_for_eves_organisation(
    api: Api, people: People, scene: Scene
) -> None:
    for place in (scene.call_body()["place_code"], COMMUNITY):
        call_id = await scene.open_call(place_code=place)
        problem = await scene.draft(call_id, people.eve, expect=404)
        assert code_of(problem) == "not-found"


async def test_an_unknown_call_is_not_found(scene: Scene) -> None:
    assert code_of(await scene.draft(str(uuid4()), expect=404)) == "not-found"


async def test_an_organisation_applies_once(scene: Scene) -> None:
    call_id = await scene.open_call()
    await scene.draft(call_id)
    assert code_of(await scene.draft(call_id, expect=409)) == "already-applied"
    await scene.draft(call_id, scene.people.second_manager)


async def test_only_while_the_call_is_open(scene: Scene) -> None:
    opens_at, closes_at = (scene.started_at + timedelta(days=n) for n in (100, 200))
    upcoming = await scene.open_call(opens_at=opens_at.isoformat(), closes_at=closes_at.isoformat())
    assert code_of(await scene.draft(upcoming, expect=409)) == "call-not-open"
    call_id = await scene.open_call()
    await scene.close()
    assert code_of(await scene.draft(call_id, expect=409)) == "call-not-open"


@pytest.mark.parametrize("ends_on", ["2030-01-01", "2029-12-31"])
async def test_a_project_ends_after_it_starts(api: Api, scene: Scene, ends_on: str) -> None:
    path = f"/v1/calls/{await scene.open_call()}/applications"
    body = plan(ends_on=ends_on) | {"organisation_id": str(scene.ours)}
    problem = await api.post(path, body, who=scene.people.manager, expect=422)
    assert code_of(problem) == "application-period-invalid"


@pytest.mark.parametrize("amount", [0, -5, 10**12 + 1, 1.5, "ten"])
async def test_amounts_are_whole_fen_above_zero(api: Api, scene: Scene, amount: object) -> None:
    path = f"/v1/calls/{await scene.open_call()}/applications"
    body = plan() | {"organisation_id": str(scene.ours)}
    body["budget_lines"][0]["amount_fen"] = amount
    problem = await api.post(path, body, who=scene.people.manager, expect=422)
    assert code_of(problem) == "invalid-request"


async def test_it_wants_a_key_and_happens_once(scene: Scene) -> None:
    call_id = await scene.open_call()
    missing = await scene.draft(call_id, key=None, expect=400)
    assert code_of(missing) == "idempotency-key-missing"
    first = await scene.draft(call_id, key="once")
    assert await scene.draft(call_id, key="once") == first


async def test_it_leaves_an_audit_row(scene: Scene) -> None:
    call_id = await scene.open_call()
    draft = await scene.draft(call_id)
    row = await fetch_one("SELECT * FROM audit_events WHERE event = 'draft_application'")
    assert (row["subject_id"], row["facts"]) == (draft["id"], {"call_id": call_id})
