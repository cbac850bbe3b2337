"""The pool of this process, Piccolo's engine on it, and single statements."""

import asyncio
import os
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import msgspec
from piccolo.engine.postgres import PostgresEngine
from piccolo.querystring import QueryString

os.environ.setdefault("PICCOLO_CONF", "backend.piccolo_conf")

ACQUIRE_TIMEOUT_S = 2.0
COMMAND_TIMEOUT_S = 7.0
"""Longer than the server's own 5 s: it bites only where the server does not answer at all."""

SERVER_SETTINGS = {
    "application_name": "linli",
    "statement_timeout": "5000",
    "lock_timeout": "2000",
    "idle_in_transaction_session_timeout": "10000",
    "timezone": "UTC",
    "jit": "off",
}


@dataclass(slots=True)
class Open:
    """The transaction that a task has open, and what to do once it is committed."""

    connection: Any
    task: asyncio.Task[Any] | None
    depth: int = 0
    effects: list[Callable[[], None]] = field(default_factory=list)


current: ContextVar[Open | None] = ContextVar("linli_transaction", default=None)


class LinliEngine(PostgresEngine):
    """Piccolo's engine on our pool: no connection at import, queries join `atomic()`."""

    async def check_version(self) -> None:
        """Left to `linli doctor`: the constructor must not connect."""

    async def prep_database(self) -> None:
        """No extension is needed."""

    async def run_querystring(
        self,
        querystring: QueryString,
        in_pool: bool = True,  # noqa: ARG002  (Piccolo's signature)
    ) -> Any:
        """Run one of Piccolo's queries in the task's transaction, else on the pool."""
        query, args = querystring.compile_string(engine_type=self.engine_type)
        return await self._on_any(query, args)

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> Any:  # noqa: ARG002
        """Run one of Piccolo's definitions the same way."""
        return await self._on_any(ddl, [])

    async def _on_any(self, query: str, args: Sequence[Any]) -> Any:
        migrating = self.current_transaction.get()
        if migrating is not None:
            return await migrating.connection.fetch(query, *args)
        return await fetch(query, *args)


ENGINE = LinliEngine(config={})


async def _prepare(connection: asyncpg.Connection) -> None:
    """JSON columns speak Python values; a `str` that Piccolo dumped already passes as it is."""
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: value if isinstance(value, str) else as_json(value),
        decoder=msgspec.json.decode,
    )


def as_json(value: Any) -> str:
    """A value as JSON text, times and identifiers included."""
    return msgspec.json.encode(value).decode()


async def _keep_state(connection: asyncpg.Connection) -> None:
    """No reset on release: `atomic()` cleans up itself, which saves a round trip a request."""


async def connect_pool(url: str, size: int) -> None:
    """Open this process's pool of at most `size` connections; raises asyncpg's errors."""
    ENGINE.config = {"dsn": url, "server_settings": SERVER_SETTINGS}
    ENGINE.pool = await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=size,
        init=_prepare,
        reset=_keep_state,
        server_settings=SERVER_SETTINGS,
        max_inactive_connection_lifetime=0,
        timeout=5,
        command_timeout=COMMAND_TIMEOUT_S,
    )


async def close_pool() -> None:
    """Close the pool; requests in flight get ten seconds to end."""
    pool, ENGINE.pool = ENGINE.pool, None
    if pool is None:
        return
    try:
        await asyncio.wait_for(pool.close(), 10)
    except TimeoutError:
        pool.terminate()


async def new_connection(url: str) -> asyncpg.Connection:
    """A connection outside the pool, for migrations and listeners; the caller closes it."""
    connection = await asyncpg.connect(url, server_settings={"application_name": "linli-side"})
    await _prepare(connection)
    return connection


@dataclass(slots=True)
class Lender:
    """Lends the pool's connections in the order of asking.

    asyncpg's own queue lets newcomers overtake those who wait, so under load a few requests wait
    ten times as long as the others (seen in `make bench`: p99 of reads fell from 341 to 154 ms).
    """

    pool: Any
    turns: asyncio.Semaphore

    async def lend(self) -> Any:
        """A connection; `TimeoutError` if none is free within two seconds."""
        async with asyncio.timeout(ACQUIRE_TIMEOUT_S):
            await self.turns.acquire()
            try:
                return await self.pool.acquire()
            except BaseException:
                self.turns.release()
                raise

    async def release(self, connection: Any) -> None:
        """Take a connection back and let the next one in."""
        try:
            await self.pool.release(connection)
        finally:
            self.turns.release()


_lender: list[Lender] = []


def _lender_of(pool: Any) -> Lender:
    if not _lender or _lender[0].pool is not pool:
        _lender[:] = [Lender(pool, asyncio.Semaphore(pool.get_max_size()))]
    return _lender[0]


async def take() -> tuple[Any, Lender]:
    """A connection and the lender who wants it back; `ConnectionError` if there is none in 2 s."""
    pool = ENGINE.pool
    if pool is None:
        raise ConnectionError("the database pool is not open")
    lender = _lender_of(pool)
    try:
        return await lender.lend(), lender
    except OSError as error:  # a timeout is one too
        raise ConnectionError("no connection to the database within the time limit") from error


def mine() -> Open | None:
    """The transaction of this very task: a task started inside one does not share it."""
    opened = current.get()
    return opened if opened is not None and opened.task is asyncio.current_task() else None


def in_transaction() -> bool:
    """Whether this task has a transaction open."""
    return mine() is not None


async def fetch(query: str, *args: Any) -> list[Any]:
    """All rows of one statement, in the task's transaction or on its own."""
    opened = mine()
    if opened is not None:
        return list(await opened.connection.fetch(query, *args))
    connection, lender = await take()
    try:
        return list(await connection.fetch(query, *args))
    finally:
        await lender.release(connection)


async def fetch_one(query: str, *args: Any) -> Any:
    """The first row of one statement, or None."""
    opened = mine()
    if opened is not None:
        return await opened.connection.fetchrow(query, *args)
    connection, lender = await take()
    try:
        return await connection.fetchrow(query, *args)
    finally:
        await lender.release(connection)


async def fetch_value(query: str, *args: Any) -> Any:
    """The first column of the first row, or None."""
    row = await fetch_one(query, *args)
    return None if row is None else row[0]
