"""What an error of the database means to the person who asked."""

import asyncpg

from backend.core.problems.general import Conflict, Unavailable, ValueNotStorable
from backend.core.problems.refusal import BY_CONSTRAINT, Refusal

_CONFLICTS = (
    asyncpg.LockNotAvailableError,
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
)
_AWAY = (
    asyncpg.QueryCanceledError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.TooManyConnectionsError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.ReadOnlySQLTransactionError,
    ConnectionError,
    TimeoutError,
)
_OURS = (asyncpg.DivisionByZeroError,)
"""Data exceptions that no value of a client can cause."""


def refusal_of_database_error(error: BaseException) -> Refusal | None:
    """The refusal that a database error means, by constraint name, else by its class.

    None where only a fault of ours explains it.
    """
    if isinstance(error, asyncpg.IntegrityConstraintViolationError):
        named = BY_CONSTRAINT.get(error.constraint_name or "")
        return named() if named else None
    if isinstance(error, _CONFLICTS):
        return Conflict()
    if isinstance(error, asyncpg.DataError) and not isinstance(error, _OURS):
        return ValueNotStorable()
    return Unavailable() if isinstance(error, _AWAY) else None
