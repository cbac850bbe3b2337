"""Telling those who named a need: each step in their inbox, once, and nobody else's."""

from uuid import UUID

import pytest

from backend.core import outbox
from backend.core.db import fetch, fetch_value
from backend.needs import actions
from backend.needs.actions import record_step
from backend.needs.jobs import tell_need_voices
from backend.needs.types import NewStep, Step
from tests.api import Api
from tests.needs.heard import DETAIL, hear
from tests.people import People, Someone

HANDLERS = {"tell_need_voices": tell_need_voices}
OPENED = NewStep(Step.CALL_OPENED, "call", "c-1", "征集 3 月 31 日截止", "It closes on 31 March")


async def _heard_and_moved(api: Api, people: People, *voices: Someone) -> UUID:
    need_id = UUID((await hear(api, people, *voices))["id"])
    await record_step(None, need_id, OPENED)
    return need_id


async def _inbox(api: Api, someone: Someone, need_id: UUID, language: str = "zh-CN") -> list[str]:
    page = await api.get("/v1/me/notices", who=someone, headers={"Accept-Language": language})
    return [item["text"] for item in page["items"] if item["subject_id"] == str(need_id)]


async def test_each_voice_finds_the_step_in_the_inbox(api: Api, people: People) -> None:
    need_id = await _heard_and_moved(api, people, people.resident, people.neighbour)
    await outbox.deliver_due(HANDLERS)
    told = (
        "您在走访时说起的“晚间照护”已进入公益项目征集。征集 3 月 31 日截止。"
        "社会组织正在报方案，评审以后会公布由谁来做。"
    )
    for voice in (people.resident, people.neighbour):
        assert await _inbox(api, voice, need_id) == [told]
    (english,) = await _inbox(api, people.resident, need_id, "en")
    assert english.startswith("“晚间照护”, which you told us about when we visited, is now part")


async def test_nobody_else_is_told(api: Api, people: People) -> None:
    need_id = await _heard_and_moved(api, people, people.resident)
    await outbox.deliver_due(HANDLERS)
    for other in (people.neighbour, people.social_worker, people.eve):
        assert await _inbox(api, other, need_id) == []


async def test_delivering_twice_adds_nothing(api: Api, people: People) -> None:
    need_id = await _heard_and_moved(api, people, people.resident)
    assert await outbox.deliver_due(HANDLERS) >= 1
    assert await outbox.deliver_due(HANDLERS) == 0
    await fetch(
        "UPDATE outbox_messages SET done_at = NULL WHERE payload->>'need_id' = $1", str(need_id)
    )
    assert await outbox.deliver_due(HANDLERS) == 1
    assert len(await _inbox(api, people.resident, need_id)) == 1
    tags = await fetch("SELECT tag FROM notices WHERE subject_id = $1", str(need_id))
    assert [row["tag"] for row in tags] == [f"need:{need_id}:call_opened:c-1"]


async def test_each_step_is_told_in_its_turn(api: Api, people: People) -> None:
    need_id = await _heard_and_moved(api, people, people.resident)
    await outbox.deliver_due(HANDLERS)
    await record_step(None, need_id, NewStep(Step.AWARDED, "award", "a-1", "", ""))
    await outbox.deliver_due(HANDLERS)
    newest, older = await _inbox(api, people.resident, need_id)
    assert "已经选定由谁来做" in newest
    assert "公益项目征集" in older


async def test_many_voices_are_told_in_chunks(
    api: Api, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "TOLD_AT_ONCE", 2)
    voices = people.residents[:7]
    need_id = await _heard_and_moved(api, people, *voices)
    await outbox.deliver_due(HANDLERS)
    told = await fetch_value(
        "SELECT count(DISTINCT person_id) FROM notices WHERE subject_id = $1", str(need_id)
    )
    assert told == len(voices) == 7


async def test_the_private_detail_is_never_told(api: Api, people: People) -> None:
    need_id = await _heard_and_moved(api, people, people.resident)
    await outbox.deliver_due(HANDLERS)
    assert DETAIL not in "".join(await _inbox(api, people.resident, need_id))
