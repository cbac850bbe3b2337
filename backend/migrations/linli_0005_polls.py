"""Polls: what is frozen stays frozen."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.core.migrating import statements

ID = "2026-11-21T00:00:05:000000"
VERSION = "1.38.0"
DESCRIPTION = "Polls: what is frozen stays frozen"

_FROZEN = (
    "place_code, roll_id, title, question, rule_id, rule_version, rule_body, mode, secrecy,"
    " opens_at, closes_at, manifest_sha256"
)


def _of(row: str) -> str:
    """The frozen columns of a row: `OLD.place_code, OLD.roll_id, …`."""
    return ", ".join(f"{row}.{column.strip()}" for column in _FROZEN.split(","))


SQL = (
    "CREATE INDEX ballots_entry ON ballots (entry_id)",
    (
        "CREATE TRIGGER rolls_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON rolls"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    ),
    (
        "CREATE TRIGGER roll_entries_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON roll_entries"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    ),
    (
        "CREATE FUNCTION refuse_late_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF EXISTS (SELECT 1 FROM rolls r WHERE r.id IN (SELECT roll_id FROM added)"
        " AND r.size <> (SELECT count(*) FROM roll_entries e WHERE e.roll_id = r.id)) THEN"
        " RAISE EXCEPTION 'a roll is filled at once' USING ERRCODE = 'restrict_violation';"
        " END IF; RETURN NULL; END $$"
    ),
    (
        "CREATE TRIGGER roll_entries_at_once AFTER INSERT ON roll_entries"
        " REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_late_entry()"
    ),
    (
        "CREATE TRIGGER motions_frozen BEFORE UPDATE ON motions FOR EACH ROW"
        f" WHEN (OLD.opens_at IS NOT NULL AND ({_of('NEW')}) IS DISTINCT FROM ({_of('OLD')}))"
        " EXECUTE FUNCTION refuse_change()"
    ),
    (
        "CREATE TRIGGER motions_closed BEFORE UPDATE ON motions FOR EACH ROW"
        " WHEN (OLD.closed_at IS NOT NULL) EXECUTE FUNCTION refuse_change()"
    ),
)


async def forwards() -> MigrationManager:
    """Run the statements above."""
    return statements(ID, DESCRIPTION, SQL)
