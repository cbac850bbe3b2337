"""The way to a meeting in session and an open motion, over HTTP as the chair."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.core.db import fetch, fetch_value
from tests.api import Api
from tests.conftest import move_clock
from tests.people import COMMUNITY, People, Someone

NOBODYS = "0190a0b0-0000-7000-8000-000000000000"
QUESTION = "是否同意使用街道专项基金开展老年人晚间照料？"


@dataclass(frozen=True)
class Called:
    """A meeting and the one item of its agenda."""

    id: str
    item: str


async def now() -> datetime:
    """The database's time."""
    at: datetime = await fetch_value("SELECT linli_now()")
    return at


async def audited(event: str) -> list[Any]:
    """The audit rows of an event."""
    return await fetch("SELECT * FROM audit_events WHERE event = $1 ORDER BY id", event)


async def order(**changes: Any) -> dict[str, Any]:
    """The body of a call: a representative meeting in three days."""
    starts_at = (await now()) + timedelta(days=3, hours=3)
    return {
        "kind": "representative_meeting",
        "rule_id": "RC-2",
        "title": "第三季度居民代表会议",
        "starts_at": starts_at.isoformat(),
        "venue": "社区议事厅",
        "mode": "in_person",
    } | changes


async def call(api: Api, people: People, topic: str | None = None, **changes: Any) -> Called:
    """A meeting that is called, with one item on its agenda."""
    meeting = await api.post(
        f"/v1/places/{COMMUNITY}/meetings", await order(**changes), who=people.chair
    )
    item = await api.post(
        f"/v1/meetings/{meeting['id']}/agenda-items",
        {"title": "老年人晚间照料", "topic_id": topic},
        who=people.chair,
    )
    return Called(meeting["id"], item["id"])


async def notice(api: Api, people: People, topic: str | None = None, **changes: Any) -> Called:
    """A meeting with notice given and its roll frozen."""
    called = await call(api, people, topic, **changes)
    await api.post(f"/v1/meetings/{called.id}/notice", who=people.chair)
    return called


async def session(api: Api, people: People, topic: str | None = None, **changes: Any) -> Called:
    """A meeting that has begun: the clock stands two hours after check-in opened."""
    called = await notice(api, people, topic, **changes)
    await move_clock(timedelta(days=3, hours=3))
    return called


async def code(api: Api, people: People, called: Called) -> str:
    """The code on the screen right now."""
    shown = await api.get(f"/v1/meetings/{called.id}/check-in-code", who=people.chair)
    return str(shown["code"])


async def check_in(api: Api, people: People, called: Called, who: Iterable[Someone]) -> None:
    """These people check in."""
    for someone in who:
        body = {"code": await code(api, people, called), "mode": "in_person"}
        await api.post(f"/v1/meetings/{called.id}/check-ins", body, who=someone)


async def put(api: Api, people: People, called: Called) -> str:
    """A motion in draft; its id."""
    motion = await api.post(
        f"/v1/meetings/{called.id}/motions",
        {"agenda_item_id": called.item, "title": "晚间照料项目", "question": QUESTION},
        who=people.chair,
    )
    return str(motion["id"])


async def opened(api: Api, people: People, called: Called, minutes: int = 15) -> str:
    """An open motion; its id."""
    motion = await put(api, people, called)
    await api.post(f"/v1/motions/{motion}/opening", {"minutes": minutes}, who=people.chair)
    return motion


async def cast(api: Api, motion: str, who: Iterable[Someone], choice: str = "yes") -> None:
    """These people vote."""
    for someone in who:
        await api.post(f"/v1/motions/{motion}/ballots", {"choice": choice}, who=someone)


async def passed(api: Api, people: People, called: Called) -> str:
    """A motion that 25 of 37 came to and 13 said yes to; its id."""
    await check_in(api, people, called, people.representatives[:25])
    motion = await opened(api, people, called)
    await cast(api, motion, people.representatives[:13])
    await cast(api, motion, people.representatives[13:20], "no")
    await api.post(f"/v1/motions/{motion}/closure", who=people.chair)
    return motion


async def topic(api: Api, people: People, need: str | None = None) -> str:
    """A resident's topic, on a need if one is given; its id."""
    proposed = await api.post(
        f"/v1/places/{COMMUNITY}/topics",
        {"title": "老人晚饭后没人照看", "text": "希望晚间有人陪伴。", "need_id": need},
        who=people.resident,
    )
    return str(proposed["id"])


async def decline(need_id: str) -> None:
    """The need was declined with a reason."""
    await fetch("UPDATE needs SET state = 'declined' WHERE id = $1", UUID(need_id))


async def need(api: Api, people: People, **changes: Any) -> str:
    """A need that the resident and her neighbour named; its id."""
    heard = await api.post(
        f"/v1/places/{COMMUNITY}/needs",
        {
            "category": "elderly",
            "title": "老年人晚间照料",
            "detail": "多位独居老人晚饭后无人照看。",
            "urgency": "normal",
            "affected_count": 60,
            "source_kind": "visit",
            "source_ref": "2026-11",
            "voiced_by": [str(people.resident.person_id), str(people.neighbour.person_id)],
        }
        | changes,
        who=people.social_worker,
    )
    return str(heard["id"])
