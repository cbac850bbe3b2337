"""The run: real servers, one database a worker from a seeded template, a transaction a test.

`api` and `people` work inside a transaction that is rolled back. `committed_api` gives a fresh
copy of the database to races and to whatever must see committed rows.
"""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import hypothesis
import pytest
import pytest_asyncio
from litestar import Litestar

from backend.app.main import connected, create_app
from backend.core import sealing
from backend.core.db import ENGINE, close_pool, connect_pool, fetch
from backend.core.logs import configure_logs
from backend.settings import load_settings
from tests.api import Api
from tests.people import People, find_people
from tests.servers_of_the_run import Servers, running_servers, tell_workers

# A suite has no timed asserts: how fast a machine makes examples decides nothing.
hypothesis.settings.register_profile(
    "suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("suite")

_of_the_controller: list[Any] = []


def pytest_configure(config: pytest.Config) -> None:
    """With workers, the controller starts the servers once and tells them.

    A run that a shell put into the background ignores Ctrl-C, and so would all that it starts.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):
        return
    starting = running_servers()
    servers = starting.__enter__()
    _of_the_controller.append(starting)
    tell_workers(servers)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest module comes first and in its own order: it brings one Linli up and down.

    House tests share the parsed sources and the contract, so one worker has them all.
    """
    items.sort(key=_story_first)
    for item in items:
        if item.path.parent.name == "house":
            item.add_marker(pytest.mark.xdist_group("house"))


def _story_first(item: pytest.Item) -> tuple[int, int]:
    is_story = item.path.parent.name == "story"
    return (0, item.location[1] or 0) if is_story else (1, 0)


def pytest_unconfigure() -> None:
    """Stop what the controller started."""
    while _of_the_controller:
        _of_the_controller.pop().__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _keep_the_ring() -> Iterator[None]:
    """A test that loads keys of its own gives the others theirs back."""
    before = list(sealing._ring)
    yield
    if before:
        sealing._ring[:] = before


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """PostgreSQL and Valkey with the seeded template."""
    with running_servers() as found:
        yield found


def _database() -> str:
    name = os.environ.get("LINLI_TEST_NAME", "run")
    return f"linli_{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def app(servers: Servers) -> AsyncIterator[Litestar]:
    """The application on this worker's own copy of the template."""
    with open(os.devnull, "w") as nowhere:  # noqa: ASYNC230, PTH123
        configure_logs(nowhere)
        url = await servers.copy_template(_database())
        settings = load_settings(
            {
                "LINLI_ENV": "test",
                "LINLI_DATABASE_URL": url,
                "LINLI_REDIS_URL": servers.redis_url,
                "LINLI_SECRETS_FILE": str(servers.secrets_file),
                "LINLI_POOL_SIZE": "4",
            }
        )
        application = create_app(settings)
        async with connected(application):
            yield application
        await servers.drop(_database())


class PinnedPool:
    """A pool of one connection inside a transaction that the test rolls back.

    Each use runs in a savepoint, so that a refused statement does not spoil the test's own.
    """

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection
        self.lock = asyncio.Lock()

    def get_max_size(self) -> int:
        return 1

    def acquire(self, *, timeout: float | None = None) -> "_Acquiring":
        return _Acquiring(self)

    async def take(self) -> asyncpg.Connection:
        await self.lock.acquire()
        await self.connection.execute("SAVEPOINT pinned")
        return self.connection

    async def release(self, _: asyncpg.Connection) -> None:
        try:
            await self.connection.execute("RELEASE SAVEPOINT pinned")
        except asyncpg.InFailedSQLTransactionError:
            await self.connection.execute("ROLLBACK TO SAVEPOINT pinned; RELEASE SAVEPOINT pinned")
        finally:
            self.lock.release()


class _Acquiring:
    def __init__(self, pool: PinnedPool) -> None:
        self.pool = pool

    def __await__(self) -> Any:
        return self.pool.take().__await__()

    async def __aenter__(self) -> asyncpg.Connection:
        return await self.pool.take()

    async def __aexit__(self, *_: object) -> None:
        await self.pool.release(self.pool.connection)


@pytest_asyncio.fixture(loop_scope="session")
async def db(app: Litestar) -> AsyncIterator[None]:
    """A transaction around the test, rolled back after it."""
    real = ENGINE.pool
    async with real.acquire() as connection:
        around = connection.transaction()
        await around.start()
        ENGINE.pool = PinnedPool(connection)  # type: ignore[assignment]
        try:
            yield
        finally:
            ENGINE.pool = real
            await around.rollback()


@pytest_asyncio.fixture(loop_scope="session")
async def api(app: Litestar, db: None) -> AsyncIterator[Api]:
    """A client inside the test's transaction."""
    async with _client(app) as http:
        yield Api(http)


@pytest_asyncio.fixture(loop_scope="session")
async def people(db: None) -> People:
    """The fixed people, for tests inside a transaction."""
    return await find_people()


@pytest_asyncio.fixture(loop_scope="session")
async def committed(app: Litestar, servers: Servers) -> AsyncIterator[str]:
    """A fresh copy of the database behind a pool of ten; returns its address."""
    real, name = ENGINE.pool, f"linli_race_{uuid4().hex[:12]}"
    url = await servers.copy_template(name)
    ENGINE.pool = None
    await connect_pool(url, 10)
    try:
        yield url
    finally:
        await close_pool()
        ENGINE.pool = real
        await servers.drop(name)


@pytest_asyncio.fixture(loop_scope="session")
async def committed_api(app: Litestar, committed: str) -> AsyncIterator[Api]:
    """A client whose requests commit, in parallel if you like."""
    async with _client(app) as http:
        yield Api(http)


@pytest_asyncio.fixture(loop_scope="session")
async def committed_people(committed: str) -> People:
    """The fixed people of the committed copy."""
    return await find_people()


def _client(app: Litestar) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app)  # type: ignore[arg-type]
    return httpx.AsyncClient(transport=transport, base_url="http://linli.test", timeout=30)


async def move_clock(step: timedelta) -> None:
    """Move the demo clock inside a test, as `linli clock advance` does."""
    await fetch("UPDATE clock_shift SET shift = shift + $1", step)
