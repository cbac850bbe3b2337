"""PostgreSQL: one pool a process, `atomic()`, and the few statements that skip the ORM."""

from backend.core.db.pool import (
    ENGINE,
    as_json,
    close_pool,
    connect_pool,
    fetch,
    fetch_one,
    fetch_value,
    in_transaction,
    new_connection,
)
from backend.core.db.transaction import SpoiltTransactionError, after_commit, atomic

__all__ = [
    "ENGINE",
    "SpoiltTransactionError",
    "after_commit",
    "as_json",
    "atomic",
    "close_pool",
    "connect_pool",
    "fetch",
    "fetch_one",
    "fetch_value",
    "in_transaction",
    "new_connection",
]
