"""F1: a web process is killed (kill -9) while it writes; unknown outcomes are asked again."""

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any

import httpx

from backend.core.db import fetch_value
from tests.api import Api
from tests.faults.found import breaks_in
from tests.faults.writes import Supply, Write, set_stage, supplies
from tests.people import find_people
from tests.servers_of_the_run import Servers
from tests.web_process import WebProcess

WRITES_FOR_S = (0.3, 0.9)
TRIES = 5


@dataclass
class Journal:
    """What the phones know: answers, and writes whose outcome nobody told them."""

    answers: dict[str, tuple[Write, Any]] = field(default_factory=dict)
    unknown: list[Write] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    cut_off: int = 0
    done_unheard: int = 0


@dataclass(frozen=True)
class Outcome:
    """What all cycles came to; without breaks nothing was lost, doubled or halved."""

    acknowledged: int
    cut_off: int
    done_unheard: int
    breaks: list[str]


async def kill_app(servers: Servers, database_url: str, cycles: int) -> Outcome:
    """Kill the process `cycles` times; the caller has this database open as the pool."""
    web, dice, journal = WebProcess(servers, database_url), random.Random(1), Journal()
    try:
        web.start()
        await web.ready()
        async with httpx.AsyncClient(base_url=web.address, timeout=30) as http:
            stage = await set_stage(Api(http), await find_people(), cycles=cycles)
        phones = supplies(stage)
        for _ in range(cycles):
            await _write_until_killed(web, phones, journal, dice.uniform(*WRITES_FOR_S))
            await _count_done_unheard(journal)
            web.start()
            await web.ready()
            await _ask_again(web, journal)
    finally:
        web.stop()
    breaks = [*journal.unexpected, *await breaks_in(stage, list(journal.answers.values()))]
    if not journal.cut_off:
        breaks.append("no write was cut off: nothing was tried")
    return Outcome(len(journal.answers), journal.cut_off, journal.done_unheard, breaks)


async def _write_until_killed(
    web: WebProcess, phones: list[Supply], journal: Journal, seconds: float
) -> None:
    async with _client(web) as http:
        writing = [asyncio.create_task(_keep_writing(http, phone, journal)) for phone in phones]
        await asyncio.sleep(seconds)
        web.kill()
        await asyncio.gather(*writing)


async def _keep_writing(http: httpx.AsyncClient, phone: Supply, journal: Journal) -> None:
    for write in phone:
        if not await _send(http, write, journal):
            journal.unknown.append(write)
            journal.cut_off += 1
            return


async def _count_done_unheard(journal: Journal) -> None:
    """How many of the unknown writes had been committed before the process died."""
    keys = [write.key for write in journal.unknown]
    journal.done_unheard += await fetch_value(
        "SELECT count(*) FROM idempotency_keys WHERE key = ANY($1)", keys
    )


async def _ask_again(web: WebProcess, journal: Journal) -> None:
    """Send every unknown write once more under its key; all must be answered now."""
    async with _client(web) as http:
        for _ in range(TRIES):
            asked, journal.unknown = journal.unknown, []
            known = await asyncio.gather(*(_send(http, write, journal) for write in asked))
            journal.unknown += [w for w, told in zip(asked, known, strict=True) if not told]
    journal.unexpected += [f"{w.operation} {w.key}: never answered" for w in journal.unknown]
    journal.unknown.clear()


async def _send(http: httpx.AsyncClient, write: Write, journal: Journal) -> bool:
    """Whether the outcome is known now."""
    headers = {**write.who.bearer, "Idempotency-Key": write.key}
    try:
        answer = await http.post(write.path, json=write.body, headers=headers)
    except httpx.TransportError:
        return False
    if answer.status_code == 503:
        return False
    if answer.status_code == 201:
        journal.answers[write.key] = (write, answer.json())
    else:
        journal.unexpected.append(f"{write.operation}: {answer.status_code} {answer.text}")
    return True


def _client(web: WebProcess) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=64)
    return httpx.AsyncClient(base_url=web.address, timeout=30, limits=limits)
