"""A policy pack that was loaded never changes: running programmes pinned it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.core.migrating import statements

ID = "2026-11-21T00:00:10:000000"
VERSION = "1.38.0"
DESCRIPTION = "A policy pack that was loaded never changes"

SQL = (
    (
        "CREATE TRIGGER policy_packs_append_only BEFORE UPDATE OR DELETE OR TRUNCATE"
        " ON policy_packs FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    ),
)


async def forwards() -> MigrationManager:
    """Run the statements above."""
    return statements(ID, DESCRIPTION, SQL)
