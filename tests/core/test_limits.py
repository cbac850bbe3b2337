"""Rate limits: exact under parallel requests, open when Redis is away."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest_asyncio
from litestar import Litestar

from backend.app.middleware import RequestFrame
from backend.core import cache
from backend.core.cache import Cache
from backend.core.limits import Limit, Shares, count_request
from tests.api import code_of
from tests.core.wires import dead_port
from tests.servers_of_the_run import Servers


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def redis(servers: Servers) -> AsyncIterator[None]:
    before, mine = cache.current(), Cache(servers.redis_url, timeout_s=5)
    cache.use_cache(mine)
    yield
    cache.use_cache(before)
    await mine.close()


def fresh(most: int, window_s: int = 60) -> Limit:
    return Limit(f"test-{uuid4().hex}", most, window_s)


async def test_of_many_parallel_requests_exactly_so_many_pass() -> None:
    limit = fresh(8)
    verdicts = await asyncio.gather(*(count_request(limit, "a") for _ in range(24)))
    assert sum(verdict.allowed for verdict in verdicts if verdict) == 8
    assert all(verdict and 0 < verdict.reset_s <= 60 for verdict in verdicts)
    other = await count_request(limit, "b")
    assert other is not None
    assert (other.allowed, other.remaining) == (True, 7)


async def test_the_window_starts_anew() -> None:
    limit = fresh(1, window_s=1)
    allowed = []
    for pause_s in (0.0, 0.0, 1.05):
        await asyncio.sleep(pause_s)
        verdict = await count_request(limit, "a")
        assert verdict is not None
        allowed.append(verdict.allowed)
    assert allowed == [True, False, True]


async def test_without_redis_nothing_is_limited() -> None:
    cache.use_cache(Cache(f"redis://127.0.0.1:{dead_port()}/0"))
    assert await count_request(fresh(1), "a") is None
    shares = Shares(fresh(1))
    assert [await shares.draw("a") for _ in range(3)] == [0, 0, 0]


async def test_shares_of_all_processes_together_keep_the_limit() -> None:
    limit = fresh(1000)
    processes = [Shares(limit) for _ in range(3)]
    waits = await asyncio.gather(*(one.draw("a") for one in processes for _ in range(600)))
    passed = sum(wait == 0 for wait in waits)
    assert 900 <= passed <= 1000
    assert all(0 <= wait <= 60 for wait in waits)
    assert await processes[0].draw("b") == 0


async def test_a_share_costs_one_question_for_many_requests(servers: Servers) -> None:
    shares = Shares(fresh(30_000))
    asked = cache.current().client
    before = (await asked.info("commandstats"))["cmdstat_eval"]["calls"]
    assert sum([await shares.draw("a") for _ in range(300)]) == 0
    after = (await asked.info("commandstats"))["cmdstat_eval"]["calls"]
    assert after - before < 50


async def test_the_frame_refuses_with_a_problem_and_a_time_to_wait(app: Litestar) -> None:
    framed = RequestFrame(app, fresh(3))  # type: ignore[arg-type]
    transport = httpx.ASGITransport(framed)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://linli.test") as client:
        answers = [await client.get("/health/live") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    refused = answers[-1]
    assert code_of(refused.json()) == "too-many-requests"
    assert refused.headers["content-type"] == "application/problem+json"
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert refused.headers["x-request-id"]
    assert str(refused.json()["retry_after_s"]) in refused.json()["detail"]
