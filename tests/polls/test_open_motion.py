"""Opening freezes question, rule and roll, and starts the clock of the vote."""

from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import pytest

from backend.core.db import atomic, fetch, fetch_one
from backend.polls.queries import read_rule
from backend.polls.rules import manifest_of
from backend.polls.types import Electorate, Secrecy
from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.meetings import steps
from tests.people import People


async def test_the_chair_opens_a_motion_for_some_minutes(api: Api, people: People) -> None:
    motion = await steps.put(api, people, await steps.session(api, people))
    path = f"/v1/motions/{motion}/opening"
    seen = await api.post(path, {"minutes": 15}, who=people.chair)
    opens_at, closes_at = (datetime.fromisoformat(seen[k]) for k in ("opens_at", "closes_at"))
    assert (seen["state"], closes_at - opens_at) == ("open", timedelta(minutes=15))


async def test_the_manifest_can_be_computed_again(api: Api, people: People) -> None:
    motion = await steps.opened(api, people, await steps.session(api, people))
    row = await fetch_one(
        "SELECT m.*, r.sha256 FROM motions m JOIN rolls r ON r.id = m.roll_id WHERE m.id = $1",
        UUID(motion),
    )
    manifest = manifest_of(
        motion_id=motion,
        question=steps.QUESTION,
        rule=read_rule(row["rule_body"]),
        roll_sha256=row["sha256"],
        mode=Electorate.MEMBERS,
        secrecy=Secrecy.NAMED,
        opens_at=row["opens_at"],
        closes_at=row["closes_at"],
    )
    assert row["manifest_sha256"] == manifest.sha256


async def test_only_the_convener_opens(api: Api, people: People) -> None:
    motion = await steps.put(api, people, await steps.session(api, people))
    path = f"/v1/motions/{motion}/opening"
    await api.post(path, {"minutes": 15}, who=people.eve, expect=404)
    await api.post(path, {"minutes": 15}, who=people.representatives[0], expect=403)
    nowhere = f"/v1/motions/{steps.NOBODYS}/opening"
    await api.post(nowhere, {"minutes": 15}, who=people.chair, expect=404)


async def test_nobody_decides_before_the_announced_hour(api: Api, people: People) -> None:
    called = await steps.notice(api, people)
    await move_clock(timedelta(days=3, hours=1, minutes=30))
    motion = await steps.put(api, people, called)
    path = f"/v1/motions/{motion}/opening"
    refused = await api.post(path, {"minutes": 15}, who=people.chair, expect=409)
    assert code_of(refused) == "motion-not-due"
    await move_clock(timedelta(hours=1, minutes=30))
    await api.post(path, {"minutes": 15}, who=people.chair)


async def test_it_opens_once(api: Api, people: People) -> None:
    motion = await steps.opened(api, people, await steps.session(api, people))
    path = f"/v1/motions/{motion}/opening"
    refused = await api.post(path, {"minutes": 30}, who=people.chair, expect=409)
    assert code_of(refused) == "motion-already-opened"


@pytest.mark.parametrize("minutes", [0, -1, 86_401, 1.5, "x"])
async def test_minutes_are_whole_and_within_sixty_days(
    api: Api, people: People, minutes: object
) -> None:
    motion = await steps.put(api, people, await steps.session(api, people))
    path = f"/v1/motions/{motion}/opening"
    await api.post(path, {"minutes": minutes}, who=people.chair, expect=422)


@pytest.mark.parametrize(
    "change",
    [
        "question = 'x'",
        "title = 'x'",
        "rule_body = '{}'",
        "rule_id = 'RC-1'",
        "mode = 'residents'",
        "closes_at = closes_at + interval '1 hour'",
        "opens_at = NULL",
        "manifest_sha256 = 'x'",
    ],
)
async def test_the_database_keeps_what_was_frozen(api: Api, people: People, change: str) -> None:
    await steps.opened(api, people, await steps.session(api, people))
    with pytest.raises(asyncpg.RestrictViolationError):
        async with atomic():
            await fetch(f"UPDATE motions SET {change}")


async def test_when_its_time_is_over_it_has_ended_by_itself(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    await steps.opened(api, people, called, minutes=5)
    await move_clock(timedelta(minutes=5))
    seen = await api.get(f"/v1/meetings/{called.id}", who=people.resident)
    assert [motion["state"] for motion in seen["motions"]] == ["ended"]


async def test_it_leaves_an_audit_row(api: Api, people: People) -> None:
    motion = await steps.opened(api, people, await steps.session(api, people))
    (row,) = await steps.audited("open_motion")
    assert (row["subject_id"], row["facts"]["minutes"]) == (motion, 15)
    assert len(row["facts"]["manifest_sha256"]) == 64
