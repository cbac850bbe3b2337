"""The frame around every request, and what health says."""

import re
from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest
import pytest_asyncio
from litestar import Litestar

from backend.app.middleware import RequestFrame
from backend.core import cache
from backend.core.cache import Cache
from backend.core.db import ENGINE
from tests.api import Api, code_of
from tests.core.wires import dead_port


@pytest.mark.parametrize("given", ["12345678", "a.b_c-d.e", "A" * 64])
async def test_a_request_id_is_echoed(api: Api, given: str) -> None:
    for path in ("/v1/places", "/v1/me", "/v1/nowhere", "/health/live"):
        answer = await api.ask("GET", path, headers={"X-Request-Id": given})
        assert answer.headers.get_list("x-request-id") == [given]
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("given", ["", "short", "A" * 65, "with space", "line\tbreak", "{json}"])
async def test_an_unfit_request_id_is_replaced(api: Api, given: str) -> None:
    answer = await api.ask("GET", "/v1/places", headers={"X-Request-Id": given})
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["x-request-id"])


async def test_what_breaks_outside_the_router_is_a_problem_too() -> None:
    async def broken(*_: object) -> None:
        raise ValueError

    transport = httpx.ASGITransport(RequestFrame(broken))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://linli.test") as client:
        answer = await client.get("/v1/places")
    assert (answer.status_code, code_of(answer.json())) == (500, "internal-error")
    assert answer.headers["x-request-id"]


@pytest_asyncio.fixture(loop_scope="session")
async def no_database(app: Litestar) -> AsyncIterator[None]:
    before = ENGINE.pool
    url = f"postgresql://linli:x@127.0.0.1:{dead_port()}/linli"
    ENGINE.pool = await asyncpg.create_pool(url, min_size=0, max_size=2)
    yield
    await ENGINE.pool.close()
    ENGINE.pool = before


@pytest_asyncio.fixture(loop_scope="session")
async def client(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://linli.test") as found:
        yield found


async def test_ready_when_database_and_redis_answer(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health/ready")
    assert answer.json() == {"status": "ok", "database": True, "redis": True}


async def test_not_ready_without_the_database(client: httpx.AsyncClient, no_database: None) -> None:
    for path in ("/health/ready", "/v1/places"):
        answer = await client.get(path)
        assert (answer.status_code, code_of(answer.json())) == (503, "unavailable")
        assert int(answer.headers["retry-after"]) >= 1
    assert (await client.get("/health/live")).status_code == 200


async def test_not_ready_before_the_pool_is_open(client: httpx.AsyncClient) -> None:
    before, ENGINE.pool = ENGINE.pool, None
    try:
        assert (await client.get("/health/ready")).status_code == 503
    finally:
        ENGINE.pool = before


async def test_without_redis_everything_is_served(client: httpx.AsyncClient) -> None:
    before = cache.current()
    cache.use_cache(Cache(f"redis://127.0.0.1:{dead_port()}/0"))
    try:
        for _ in range(3):
            assert (await client.get("/v1/places")).status_code == 200
        assert (await client.get("/health/ready")).json()["redis"] is False
    finally:
        cache.use_cache(before)
