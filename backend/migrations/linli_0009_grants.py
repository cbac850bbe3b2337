"""One current function a person and organisation; a fund's ledger without gaps."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.core.migrating import statements

ID = "2026-11-21T00:00:09:000000"
VERSION = "1.38.0"
DESCRIPTION = "One current function a person and organisation"

SQL = (
    (
        "CREATE UNIQUE INDEX organisation_staff_current_once"
        " ON organisation_staff (organisation_id, person_id, function) WHERE to_on IS NULL"
    ),
)


async def forwards() -> MigrationManager:
    """Run the statements above."""
    return statements(ID, DESCRIPTION, SQL)
