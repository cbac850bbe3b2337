"""PostgreSQL: one pool a process, `atomic()`, and the few statements that skip the ORM.

Piccolo's own `transaction()` leaks its connection when a task is cancelled or COMMIT raises, and
a nested one is a silent no-op (shown in `tests/house/test_piccolo_leak.py`). `atomic()` releases
in every case, takes a savepoint when nested, and belongs to the task that opened it.
"""

import asyncio
import os
from collections.abc import Coroutine, Sequence
from contextvars import ContextVar, Token
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import asyncpg
import msgspec
from piccolo.engine.postgres import PostgresEngine
from piccolo.querystring import QueryString

os.environ.setdefault("PICCOLO_CONF", "backend.piccolo_conf")

ACQUIRE_TIMEOUT_S = 2.0
SERVER_SETTINGS = {
    "application_name": "linli",
    "statement_timeout": "5000",
    "lock_timeout": "2000",
    "idle_in_transaction_session_timeout": "10000",
    "timezone": "UTC",
    "jit": "off",
}


@dataclass(slots=True)
class _Open:
    """The transaction that a task has open."""

    connection: asyncpg.Connection
    task: asyncio.Task[Any] | None


_current: ContextVar[_Open | None] = ContextVar("linli_transaction", default=None)


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


def _pool() -> Any:
    if ENGINE.pool is None:
        raise ConnectionError("the database pool is not open")
    return ENGINE.pool


def _mine() -> _Open | None:
    """The transaction of this very task: a task started inside one does not share it."""
    opened = _current.get()
    return opened if opened is not None and opened.task is asyncio.current_task() else None


async def fetch(query: str, *args: Any) -> list[Any]:
    """All rows of one statement, in the task's transaction or on its own."""
    opened = _mine()
    if opened is not None:
        return list(await opened.connection.fetch(query, *args))
    async with _pool().acquire(timeout=ACQUIRE_TIMEOUT_S) as connection:
        return list(await connection.fetch(query, *args))


async def fetch_one(query: str, *args: Any) -> Any:
    """The first row of one statement, or None."""
    opened = _mine()
    if opened is not None:
        return await opened.connection.fetchrow(query, *args)
    async with _pool().acquire(timeout=ACQUIRE_TIMEOUT_S) as connection:
        return await connection.fetchrow(query, *args)


async def fetch_value(query: str, *args: Any) -> Any:
    """The first column of the first row, or None."""
    row = await fetch_one(query, *args)
    return None if row is None else row[0]


def in_transaction() -> bool:
    """Whether this task has a transaction open."""
    return _mine() is not None


async def _uninterrupted(work: Coroutine[Any, Any, None]) -> None:
    """Let `work` end even when this task is cancelled meanwhile; then raise the cancellation."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            cancelled = error
    task.result()
    if cancelled is not None:
        raise cancelled


class atomic:  # noqa: N801  (reads as a word: `async with atomic():`)
    """One transaction, or a savepoint inside the task's open one.

    Commits on success, rolls back on any exception, cancellation included. The connection goes
    back to the pool in every case; one whose COMMIT or ROLLBACK failed is closed instead.
    """

    def __init__(self) -> None:
        self._nested = False
        self._connection: Any = None
        self._transaction: Any = None
        self._token: Token[_Open | None] | None = None

    async def __aenter__(self) -> asyncpg.Connection:
        opened = _mine()
        self._nested = opened is not None
        self._connection = (
            opened.connection if opened else await _pool().acquire(timeout=ACQUIRE_TIMEOUT_S)
        )
        self._transaction = self._connection.transaction()
        try:
            await self._transaction.start()
        except BaseException:
            await _uninterrupted(self._give_back(broken=not self._nested))
            raise
        if not self._nested:
            self._token = _current.set(_Open(self._connection, asyncio.current_task()))
        return self._connection

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._token is not None:
            _current.reset(self._token)
        await _uninterrupted(self._finish(commit=error is None))

    async def _finish(self, *, commit: bool) -> None:
        broken = True
        try:
            if commit:
                await self._transaction.commit()
            elif not self._connection.is_closed():
                await self._transaction.rollback()
            broken = False
        finally:
            await self._give_back(broken=broken and not self._nested)

    async def _give_back(self, *, broken: bool) -> None:
        if self._nested:
            return
        if broken:
            self._connection.terminate()
        await _pool().release(self._connection)
