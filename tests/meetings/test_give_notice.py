"""Notice: legal days by the calendar, a frozen roll, and a message to everybody on it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from backend.core.db import atomic, fetch, fetch_value
from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.meetings import steps
from tests.people import COMMUNITY, People

LATE_ENTRY = """
INSERT INTO roll_entries (id, roll_id, person_id, heads, area_centi, office)
SELECT gen_random_uuid(), r.id, p.id, 1, 0, 'member' FROM rolls r, people p
 WHERE p.id NOT IN (SELECT person_id FROM roll_entries) LIMIT 1
"""
HEFEI = ZoneInfo("Asia/Shanghai")


async def _local(days: int, at: time) -> str:
    """A local hour, so many days after today."""
    today = (await steps.now()).astimezone(HEFEI).date()
    return datetime.combine(today + timedelta(days=days), at, HEFEI).isoformat()


async def test_committee_and_representatives_form_the_roll(api: Api, people: People) -> None:
    called = await steps.call(api, people)
    given = await api.post(f"/v1/meetings/{called.id}/notice", who=people.chair)
    assert (given["roll_size"], given["told"], given["notice_days"]) == (37, 37, 3)
    assert (given["rule_id"], given["rule_version"]) == ("RC-2", 1)
    assert len(given["roll_sha256"]) == 64
    roll = await api.get(f"/v1/meetings/{called.id}/roll", who=people.chair, params={"limit": 100})
    offices = [line["office"] for line in roll["items"]]
    assert [offices.count(o) for o in ("chair", "member", "representative")] == [1, 6, 30]


async def test_the_ratio_to_households_is_only_reported(api: Api, people: People) -> None:
    called = await steps.call(api, people)
    given = await api.post(f"/v1/meetings/{called.id}/notice", who=people.chair)
    assert [finding["code"] for finding in given["findings"]] == ["representatives-per-household"]


@pytest.mark.parametrize(("days", "at", "status"), [(3, time(0, 30), 201), (2, time(23, 30), 422)])
async def test_days_are_counted_by_the_local_calendar(
    api: Api, people: People, days: int, at: time, status: int
) -> None:
    called = await steps.call(api, people, starts_at=await _local(days, at))
    answer = await api.post(f"/v1/meetings/{called.id}/notice", who=people.chair, expect=status)
    if status == 422:
        assert code_of(answer) == "notice-too-short"
        assert answer["earliest"] == (await _local(3, at))[:10]
        assert answer["earliest"] in answer["detail"]


async def test_only_the_convener_gives_notice(api: Api, people: People) -> None:
    path = f"/v1/meetings/{(await steps.call(api, people)).id}/notice"
    await api.post(path, who=people.eve, expect=404)
    await api.post(path, who=people.social_worker, expect=403)
    await api.post(f"/v1/meetings/{steps.NOBODYS}/notice", who=people.chair, expect=404)


async def test_without_an_agenda_there_is_no_notice(api: Api, people: People) -> None:
    where = f"/v1/places/{COMMUNITY}/meetings"
    meeting = await api.post(where, await steps.order(), who=people.chair)
    path = f"/v1/meetings/{meeting['id']}/notice"
    refused = await api.post(path, who=people.chair, expect=409)
    assert code_of(refused) == "agenda-empty"


async def test_notice_is_given_once(api: Api, people: People) -> None:
    path = f"/v1/meetings/{(await steps.notice(api, people)).id}/notice"
    refused = await api.post(path, who=people.chair, expect=409)
    assert code_of(refused) == "notice-already-given"
    assert await fetch_value("SELECT count(*) FROM rolls") == 1


async def test_too_few_representatives_make_no_lawful_meeting(api: Api, people: People) -> None:
    called = await steps.call(api, people)
    await fetch(
        "UPDATE body_memberships SET to_on = from_on WHERE person_id = ANY($1)",
        [one.person_id for one in people.representatives[:3]],
    )
    path = f"/v1/meetings/{called.id}/notice"
    refused = await api.post(path, who=people.chair, expect=409)
    assert code_of(refused) == "composition-unlawful"
    assert (refused["have"], refused["needed"]) == (27, 28)
    assert "居民代表只有 27 人，至少须 28 人" in refused["detail"]
    assert await fetch_value("SELECT count(*) FROM rolls") == 0


async def test_who_sits_in_both_bodies_stands_on_the_roll_once(api: Api, people: People) -> None:
    called = await steps.call(api, people)
    seat = {"person_id": str(people.committee[1].person_id), "body": "representatives"}
    await api.post(f"/v1/places/{COMMUNITY}/body-memberships", seat, who=people.chair)
    given = await api.post(f"/v1/meetings/{called.id}/notice", who=people.chair)
    assert given["roll_size"] == 37


async def test_who_is_seated_from_a_later_day_is_not_on_the_roll(api: Api, people: People) -> None:
    called = await steps.call(api, people)
    later = {"body": "representatives", "from_on": (await _local(1, time(9)))[:10]}
    today = {"body": "representatives", "from_on": (await _local(0, time(9)))[:10]}
    for someone, seat in ((people.resident, later), (people.neighbour, today)):
        order = seat | {"person_id": str(someone.person_id)}
        await api.post(f"/v1/places/{COMMUNITY}/body-memberships", order, who=people.chair)
    given = await api.post(f"/v1/meetings/{called.id}/notice", who=people.chair)
    assert given["roll_size"] == 38
    await api.get(f"/v1/meetings/{called.id}/roll", who=people.neighbour)
    await api.get(f"/v1/meetings/{called.id}/roll", who=people.resident, expect=404)


async def test_a_rule_that_ends_before_the_meeting_is_refused(api: Api, people: People) -> None:
    called = await steps.call(api, people)
    await fetch('UPDATE voting_rules SET body = body || \'{"valid_to": "2026-01-02"}\'::jsonb')
    path = f"/v1/meetings/{called.id}/notice"
    refused = await api.post(path, who=people.chair, expect=404)
    assert code_of(refused) == "no-rule-in-force"


async def test_everybody_on_the_roll_finds_it_in_the_inbox(api: Api, people: People) -> None:
    called = await steps.notice(api, people)
    inbox = await api.get("/v1/me/notices", who=people.representatives[5])
    (message,) = [m for m in inbox["items"] if m["subject_id"] == called.id]
    assert "第三季度居民代表会议" in message["title"]
    assert "1. 老年人晚间照料" in message["text"]
    others = await api.get("/v1/me/notices", who=people.resident)
    assert not [m for m in others["items"] if m["subject_id"] == called.id]


async def test_the_roll_stays_as_it_was_frozen(api: Api, people: People) -> None:
    called = await steps.notice(api, people)
    seat = {"person_id": str(people.neighbour.person_id), "body": "representatives"}
    await api.post(f"/v1/places/{COMMUNITY}/body-memberships", seat, who=people.chair)
    await move_clock(timedelta(days=1))
    quorum = await api.get(f"/v1/meetings/{called.id}/quorum", who=people.chair)
    assert quorum["eligible"] == 37


@pytest.mark.parametrize(
    "statement",
    [
        LATE_ENTRY,
        "UPDATE roll_entries SET heads = 2",
        "DELETE FROM roll_entries",
        "UPDATE rolls SET size = 36",
    ],
)
async def test_the_database_keeps_the_roll_frozen(api: Api, people: People, statement: str) -> None:
    await steps.notice(api, people)
    with pytest.raises(asyncpg.RestrictViolationError):
        async with atomic():
            await fetch(statement)


async def test_it_leaves_an_audit_row_with_the_hash(api: Api, people: People) -> None:
    called = await steps.call(api, people)
    given = await api.post(f"/v1/meetings/{called.id}/notice", who=people.chair)
    (row,) = await steps.audited("give_notice")
    assert row["facts"] == {"roll_size": 37, "roll_sha256": given["roll_sha256"], "told": 37}
