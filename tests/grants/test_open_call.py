"""Opening a micro-venture call on a need, under a pinned policy pack."""

from datetime import timedelta
from uuid import uuid4

import pytest

from backend.core.db import fetch, fetch_one
from backend.policies.actions import load_packs
from tests.api import Api, code_of
from tests.grants.packs import FILE
from tests.grants.scene import Scene
from tests.people import COMMUNITY, OTHER_STREET, People


async def _load(text: str, key: str) -> None:
    """Load a pack file under another key."""
    renamed = text.replace('key = "shushan-2019"', f'key = "{key}"')
    await load_packs([(f"{key}.toml", renamed.encode())])


async def test_the_street_opens_a_call_that_pins_its_pack(api: Api, scene: Scene) -> None:
    call = await api.post("/v1/calls", scene.call_body(), who=scene.officer)
    assert (call["state"], call["cap_fen"], call["need_title"]) == ("open", 5_000_000, "傍晚照护")
    assert (call["policy_key"], call["policy_version"]) == ("shushan-2019", "1")


async def test_a_call_may_open_later(api: Api, scene: Scene) -> None:
    opens_at = (scene.started_at + timedelta(days=2)).isoformat()
    call = await api.post("/v1/calls", scene.call_body(opens_at=opens_at), who=scene.officer)
    assert call["state"] == "upcoming"


async def test_who_runs_no_calls_here_opens_none(api: Api, people: People, scene: Scene) -> None:
    body = scene.call_body()
    assert code_of(await api.post("/v1/calls", body, who=people.eve, expect=404)) == "not-found"
    for someone in (people.manager, people.chair, people.resident):
        assert code_of(await api.post("/v1/calls", body, who=someone, expect=403)) == (
            "not-permitted"
        )


async def test_eve_spends_no_other_streets_fund_and_takes_no_other_streets_need(
    api: Api, people: People, scene: Scene
) -> None:
    hers = {"place_code": OTHER_STREET, "name": "桂花基金"}
    fund = await api.post("/v1/funds", hers, who=people.eve)
    for changes in ({"fund_id": scene.fund_id}, {"fund_id": fund["id"]}):
        body = scene.call_body(place_code=OTHER_STREET, **changes)
        assert code_of(await api.post("/v1/calls", body, who=people.eve, expect=404)) == (
            "not-found"
        )


@pytest.mark.parametrize(
    "change", [{"fund_id": str(uuid4())}, {"need_id": str(uuid4())}, {"policy_version": "99"}]
)
async def test_what_does_not_exist_is_not_found(
    api: Api, scene: Scene, change: dict[str, str]
) -> None:
    problem = await api.post("/v1/calls", scene.call_body(**change), who=scene.officer, expect=404)
    assert code_of(problem) == "not-found"


async def test_the_cap_stays_within_the_pack(api: Api, scene: Scene) -> None:
    body = scene.call_body(cap_fen=5_000_001)
    problem = await api.post("/v1/calls", body, who=scene.officer, expect=422)
    assert code_of(problem) == "cap-above-policy"
    assert problem["limit_fen"] == 5_000_000
    assert "50,000.00 元" in problem["detail"]


async def test_a_call_closes_after_it_opens_and_not_in_the_past(api: Api, scene: Scene) -> None:
    past = (scene.started_at - timedelta(hours=1)).isoformat()
    later = (scene.started_at + timedelta(days=30)).isoformat()
    never = "9999-12-31T23:59:59Z"
    for changes in ({"closes_at": past}, {"opens_at": later}, {"closes_at": never}):
        body = scene.call_body(**changes)
        problem = await api.post("/v1/calls", body, who=scene.officer, expect=422)
        assert code_of(problem) == "call-period-invalid"


async def test_a_time_without_zone_is_refused(api: Api, scene: Scene) -> None:
    body = scene.call_body(closes_at="2099-01-01T00:00:00")
    problem = await api.post("/v1/calls", body, who=scene.officer, expect=422)
    assert code_of(problem) == "invalid-request"


async def test_fund_and_need_cover_the_place_of_the_call(api: Api, scene: Scene) -> None:
    below = {"place_code": COMMUNITY, "name": "清荷基金"}
    fund = await api.post("/v1/funds", below, who=scene.officer)
    body = scene.call_body(fund_id=fund["id"])
    problem = await api.post("/v1/calls", body, who=scene.officer, expect=422)
    assert code_of(problem) == "fund-elsewhere"
    await fetch("UPDATE needs SET place_code = '340104-L01' WHERE id = $1", scene.need_id)
    body = scene.call_body(place_code=COMMUNITY)
    problem = await api.post("/v1/calls", body, who=scene.officer, expect=422)
    assert code_of(problem) == "need-elsewhere"


async def test_a_declined_need_gets_no_call(api: Api, scene: Scene) -> None:
    await fetch("UPDATE needs SET state = 'declined' WHERE id = $1", scene.need_id)
    problem = await api.post("/v1/calls", scene.call_body(), who=scene.officer, expect=409)
    assert code_of(problem) == "need-declined"


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("elsewhere-2019", 'jurisdiction = "340104"', 'jurisdiction = "320583"'),
        ("later-2199", "valid_from = 2019-01-01", "valid_from = 2199-01-01"),
    ],
)
async def test_a_pack_that_does_not_rule_here_today_is_refused(
    api: Api, scene: Scene, key: str, old: str, new: str
) -> None:
    await _load(FILE.read_text(encoding="utf-8").replace(old, new), key)
    body = scene.call_body(policy_key=key)
    problem = await api.post("/v1/calls", body, who=scene.officer, expect=422)
    assert code_of(problem) == "policy-not-in-force-here"


async def test_a_pack_without_grants_is_refused(api: Api, scene: Scene) -> None:
    text = FILE.read_text(encoding="utf-8")
    start, end = text.index("[grants."), text.index("[volunteers.")
    await _load(text[:start] + text[end:], "nogrants-2019")
    body = scene.call_body(policy_key="nogrants-2019")
    problem = await api.post("/v1/calls", body, who=scene.officer, expect=422)
    assert code_of(problem) == "policy-without-grants"


async def test_a_repeated_request_opens_one_call(api: Api, scene: Scene) -> None:
    body = scene.call_body()
    first = await api.post("/v1/calls", body, who=scene.officer, key="once")
    assert await api.post("/v1/calls", body, who=scene.officer, key="once") == first


async def test_the_need_and_the_audit_know_of_it(api: Api, scene: Scene) -> None:
    call_id = await scene.open_call()
    step = await fetch_one("SELECT * FROM need_steps WHERE ref_id = $1", call_id)
    assert (step["step"], step["ref_kind"]) == ("call_opened", "call")
    assert "梧桐街道发布微创投征集《傍晚照护微创投》" in step["text_zh"]
    row = await fetch_one("SELECT * FROM audit_events WHERE event = 'open_call'")
    assert row["subject_id"] == call_id
    assert row["facts"] == {"cap_fen": 5_000_000, "policy": "shushan-2019/1"}
