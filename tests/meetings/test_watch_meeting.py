"""The live stream of a meeting: quorum and turnout while it runs, the result after the count."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Litestar

from backend.core import live
from backend.meetings.queries import snapshot_meeting
from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.meetings import steps
from tests.people import People


async def _next(events: AsyncIterator[bytes]) -> tuple[str, dict[str, Any]]:
    """The next message of a stream: its id and its data."""
    async for event in events:
        lines = dict(line.split(": ", 1) for line in event.decode().strip().split("\n"))
        if "data" in lines:
            return lines["id"], json.loads(lines["data"])
    raise AssertionError("the stream ended")


def _stream(called: steps.Called, last_id: str | None = None) -> Any:
    topic, meeting_id = f"meeting:{called.id}", UUID(called.id)
    return live.stream(topic, lambda: snapshot_meeting(meeting_id), last_id)


async def test_the_screen_sees_the_quorum_come(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    await steps.check_in(api, people, called, people.representatives[:24])
    events = _stream(called)
    seen_id, before = await _next(events)
    assert before["quorum"]["reached"] is False
    await steps.check_in(api, people, called, [people.chair])
    _, after = await _next(events)
    assert (after["quorum"]["present"], after["quorum"]["reached"]) == (25, True)
    again_id, again = await _next(_stream(called, seen_id))
    assert (again_id != seen_id, again) == (True, after)
    await events.aclose()


async def test_turnout_is_shown_and_no_tally_before_the_end(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    await steps.check_in(api, people, called, people.representatives[:25])
    motion = await steps.opened(api, people, called)
    snapshots = []
    for choice, someone in zip(("yes", "no", "abstain"), people.representatives, strict=False):
        await steps.cast(api, motion, [someone], choice)
        snapshots.append(await snapshot_meeting(UUID(called.id)))
    assert [seen["motion"]["turnout"] for seen in snapshots] == [1, 2, 3]
    for seen in snapshots:
        assert (seen["results"], seen["motion"]["outcome"]) == ([], None)
        seen["motion"]["turnout"] = 0
    assert snapshots[0] == snapshots[1] == snapshots[2]
    await api.post(f"/v1/motions/{motion}/closure", who=people.chair)
    seen = await snapshot_meeting(UUID(called.id))
    assert seen["motion"] is None
    (result,) = seen["results"]
    assert (result["yes"], result["no"], result["abstain"]) == (1, 1, 1)
    assert result["outcome"] == "not_passed"


async def _watch(app: Litestar, path: str, query: str, until: str) -> list[dict[str, Any]]:
    """Open a stream as a browser does, read until some text has come, and go away."""
    enough, sent = asyncio.Event(), list[dict[str, Any]]()

    async def receive() -> dict[str, Any]:
        if sent:
            await enough.wait()
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)
        if until in message.get("body", b"").decode():
            enough.set()

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [],
        "client": ("127.0.0.1", 1),
        "server": ("linli.test", 80),
    }
    await asyncio.wait_for(app(scope, receive, send), 10)  # type: ignore[arg-type]
    return sent


async def test_a_ticket_opens_the_stream_and_leaving_ends_it(
    app: Litestar, api: Api, people: People
) -> None:
    called = await steps.notice(api, people)
    topic = f"meeting:{called.id}"
    given = await api.post("/v1/stream-tickets", {"topic": topic}, who=people.resident)
    path, query = f"/v1/meetings/{called.id}/live", f"ticket={given['ticket']}"
    start, *bodies = await _watch(app, path, query, "snapshot")
    headers = dict(start["headers"])
    assert start["status"] == 200
    assert headers[b"content-type"].startswith(b"text/event-stream")
    assert headers[b"cache-control"] == b"no-store"
    text = b"".join(message.get("body", b"") for message in bodies).decode()
    assert text.startswith("retry: 2000\n\nid: ")
    assert "event: snapshot\n" in text
    assert live.hub().listeners(topic) == 0


async def test_before_the_notice_there_is_an_agenda_and_no_quorum(api: Api, people: People) -> None:
    called = await steps.call(api, people)
    seen = await snapshot_meeting(UUID(called.id))
    assert (seen["state"], seen["quorum"], len(seen["agenda"])) == ("draft", None, 1)


async def test_a_ticket_of_another_meeting_or_of_long_ago_is_refused(
    api: Api, people: People
) -> None:
    called, other = await steps.call(api, people), await steps.call(api, people)
    body = {"topic": f"meeting:{called.id}"}
    given = await api.post("/v1/stream-tickets", body, who=people.resident)
    path = f"/v1/meetings/{other.id}/live"
    refused = await api.get(path, params={"ticket": given["ticket"]}, expect=401)
    assert code_of(refused) == "stream-ticket-refused"
    await move_clock(timedelta(seconds=61))
    path = f"/v1/meetings/{called.id}/live"
    await api.get(path, params={"ticket": given["ticket"]}, expect=401)
    for forged in ("x", "x.y", "票", given["ticket"][:-2] + "AA"):
        await api.get(path, params={"ticket": forged}, expect=401)
