"""A scratch table for tests of transactions."""

from backend.core.db import fetch, fetch_value


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
