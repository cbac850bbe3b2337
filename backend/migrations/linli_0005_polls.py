"""Polls: what is frozen stays frozen."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.core.migrating import statements

ID = "2026-11-21T00:00:05:000000"
VERSION = "1.38.0"
DESCRIPTION = "Polls: what is frozen stays frozen"

SQL = (
    "CREATE INDEX ballots_entry ON ballots (entry_id)",
    (
        "CREATE TRIGGER roll_entries_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON roll_entries"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    ),
    (
        "CREATE TRIGGER motions_frozen BEFORE UPDATE ON motions FOR EACH ROW"
        " WHEN (OLD.opens_at IS NOT NULL AND (NEW.question, NEW.title, NEW.rule_body,"
        " NEW.roll_id, NEW.opens_at, NEW.manifest_sha256) IS DISTINCT FROM (OLD.question,"
        " OLD.title, OLD.rule_body, OLD.roll_id, OLD.opens_at, OLD.manifest_sha256))"
        " EXECUTE FUNCTION refuse_change()"
    ),
)


async def forwards() -> MigrationManager:
    """Run the statements above."""
    return statements(ID, DESCRIPTION, SQL)
