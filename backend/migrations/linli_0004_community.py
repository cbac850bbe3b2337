"""One current residency and seat a person, one chair a body."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.core.migrating import statements

ID = "2026-11-21T00:00:04:000000"
VERSION = "1.38.0"
DESCRIPTION = "One current residency and seat a person, one chair a body"

SQL = (
    (
        "CREATE UNIQUE INDEX residencies_current_once ON residencies (person_id, place_code)"
        " WHERE to_on IS NULL"
    ),
    (
        "CREATE UNIQUE INDEX body_memberships_current_once"
        " ON body_memberships (place_code, body, person_id) WHERE to_on IS NULL"
    ),
    (
        "CREATE UNIQUE INDEX body_memberships_chair_once ON body_memberships (place_code, body)"
        " WHERE office = 'chair' AND to_on IS NULL"
    ),
)


async def forwards() -> MigrationManager:
    """Run the statements above."""
    return statements(ID, DESCRIPTION, SQL)
