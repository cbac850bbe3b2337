"""A scratch table for tests of transactions."""

from backend.core.db import ENGINE, fetch, fetch_value


async def make_marks() -> None:
    """`marks(name)`; `partner` must exist at COMMIT, not before."""
    await fetch(
        "CREATE TABLE marks (name text PRIMARY KEY, partner text"
        " CONSTRAINT marks_partner REFERENCES marks DEFERRABLE INITIALLY DEFERRED)"
    )


async def make_commits_linger() -> None:
    """From now on a COMMIT that keeps a mark takes 0.3 s."""
    await fetch(
        "CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END $$"
    )
    await fetch(
        "CREATE CONSTRAINT TRIGGER marks_linger AFTER INSERT ON marks DEFERRABLE"
        " INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION linger()"
    )


async def mark(name: str, partner: str | None = None) -> None:
    await fetch("INSERT INTO marks VALUES ($1, $2)", name, partner)


async def marks() -> set[str]:
    return {row["name"] for row in await fetch("SELECT name FROM marks")}


async def count_idle_in_transaction() -> int:
    return int(
        await fetch_value(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND state LIKE 'idle in transaction%'"
        )
    )


async def require_whole_pool() -> None:
    """Every connection is idle, none is inside a transaction, and all can be had at once."""
    pool = ENGINE.pool
    assert pool.get_idle_size() == pool.get_size()
    assert await count_idle_in_transaction() == 0
    connections = [await pool.acquire(timeout=2) for _ in range(pool.get_max_size())]
    try:
        assert [await one.fetchval("SELECT 1") for one in connections] == [1] * len(connections)
    finally:
        for one in connections:
            await pool.release(one)
