"""`atomic()`: one action, one transaction.

Piccolo's own `transaction()` leaks its connection when a task is cancelled or COMMIT raises, and
a nested one is a silent no-op (shown in `tests/house/test_piccolo_leak.py`). `atomic()` releases
in every case, takes a savepoint when nested, and belongs to the task that opened it.
"""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from contextvars import Token
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import asyncpg

from backend.core.db.pool import COMMAND_TIMEOUT_S, Open, current, mine, take


@dataclass(frozen=True, slots=True)
class _Words:
    """What is said to PostgreSQL at the start, at a good end and at a bad one."""

    begin: str
    commit: str
    roll_back: str


_TRANSACTION = _Words("BEGIN", "COMMIT", "ROLLBACK")


def _savepoint(depth: int) -> _Words:
    name = f"linli_{depth}"
    return _Words(
        f"SAVEPOINT {name}",
        f"RELEASE SAVEPOINT {name}",
        f"ROLLBACK TO SAVEPOINT {name}; RELEASE SAVEPOINT {name}",
    )


class SpoiltTransactionError(RuntimeError):
    """A statement failed, somebody swallowed its error, and PostgreSQL answered COMMIT with
    ROLLBACK: nothing was kept. Wrap the statement that may fail in an `atomic()` of its own.
    """


def after_commit(effect: Callable[[], None]) -> None:
    """Do `effect` once the task's transaction is committed, never if it is rolled back.

    Without a transaction it happens now. For wake-ups only: nothing may depend on it.
    """
    opened = mine()
    if opened is None:
        effect()
    else:
        opened.effects.append(effect)


class atomic:  # noqa: N801  (reads as a word: `async with atomic():`)
    """One transaction, or a savepoint inside the task's open one.

    Commits on success, rolls back on any exception, cancellation included. The connection goes
    back to the pool in every case; one that can be neither committed nor rolled back is closed.
    """

    def __init__(self) -> None:
        self._connection: Any = None
        self._lender: Any = None
        self._opened: Open | None = None
        self._earlier_effects = 0
        self._words = _TRANSACTION
        self._token: Token[Open | None] | None = None

    async def __aenter__(self) -> asyncpg.Connection:
        opened = mine()
        if opened is None:
            self._connection, self._lender = await take()
            opened = Open(self._connection, asyncio.current_task())
        self._connection, self._opened = opened.connection, opened
        self._earlier_effects = len(opened.effects)
        opened.depth += 1
        if self._connection.is_in_transaction():
            self._words = _savepoint(opened.depth)
        try:
            await self._connection.execute(self._words.begin)
        except BaseException:
            await self._uninterrupted(self._give_up())
            raise
        if self._lender is not None:
            self._token = current.set(opened)
        return self._connection

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._token is not None:
            current.reset(self._token)
        await self._uninterrupted(self._commit() if error is None else self._give_up())

    async def _commit(self) -> None:
        try:
            answer = await self._connection.execute(self._words.commit)
        except BaseException:
            await self._give_up()
            raise
        if answer == "ROLLBACK":
            await self._give_back()
            raise SpoiltTransactionError
        await self._give_back()
        if self._lender is not None and self._opened is not None:
            for effect in self._opened.effects:
                effect()

    async def _give_up(self) -> None:
        """Roll back; where that fails the connection is closed, so that nothing can be kept."""
        if self._opened is not None:
            del self._opened.effects[self._earlier_effects :]
        try:
            if self._connection.is_in_transaction():
                await self._connection.execute(self._words.roll_back)
        except Exception:  # noqa: BLE001  (the error that led here says more)
            self._close()
        await self._give_back()

    def _close(self) -> None:
        with contextlib.suppress(asyncpg.InterfaceError):  # it is closed already
            self._connection.terminate()

    async def _give_back(self) -> None:
        if self._opened is not None:
            self._opened.depth -= 1
        if self._lender is not None:
            await self._lender.release(self._connection)

    async def _uninterrupted(self, work: Coroutine[Any, Any, None]) -> None:
        """Let `work` end even when this task is cancelled meanwhile, then raise the cancellation.

        A server that does not answer gets as long as any command, then the connection is closed.
        """
        task = asyncio.ensure_future(work)
        cancelled: asyncio.CancelledError | None = None
        while not task.done():
            try:
                done, _ = await asyncio.wait([task], timeout=COMMAND_TIMEOUT_S)
            except asyncio.CancelledError as error:
                cancelled = error
            else:
                if not done:
                    self._close()
        failure = task.exception()
        if cancelled is not None:
            raise cancelled from failure
        if failure is not None:
            raise failure
