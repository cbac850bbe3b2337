"""Append-only records: publications, need steps, evidence, ledgers."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.core.migrating import statements

ID = "2026-11-21T00:00:06:000000"
VERSION = "1.38.0"
DESCRIPTION = "Append-only records: publications, need steps, evidence, ledgers"

SQL = (
    *(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        for table in ("publications", "need_steps", "evidence", "project_ledger", "fund_entries")
    ),
    "CREATE INDEX publications_place ON publications (place_code, starts_at DESC)",
    "CREATE INDEX notices_inbox ON notices (person_id, created_at DESC, id DESC)",
    "CREATE INDEX needs_place ON needs (place_code, raised_at DESC, id DESC)",
)


async def forwards() -> MigrationManager:
    """Run the statements above."""
    return statements(ID, DESCRIPTION, SQL)
