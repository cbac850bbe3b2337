"""Seats that exist, one open session a person, volunteer numbers, an append-only scan log."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.core.migrating import statements

ID = "2026-11-21T00:00:08:000000"
VERSION = "1.38.0"
DESCRIPTION = "Seats that exist, one open session, volunteer numbers, an append-only scan log"

SQL = (
    (
        "ALTER TABLE sign_ups ADD CONSTRAINT sign_ups_seat_exists FOREIGN KEY (shift_id, seat)"
        " REFERENCES shift_seats (shift_id, seat)"
    ),
    (
        "CREATE UNIQUE INDEX sign_ups_person_once ON sign_ups (shift_id, person_id)"
        " WHERE cancelled_at IS NULL"
    ),
    (
        "CREATE UNIQUE INDEX shift_sessions_open_once ON shift_sessions (person_id)"
        " WHERE out_at IS NULL AND lapsed_at IS NULL"
    ),
    "CREATE SEQUENCE volunteer_numbers",
    "CREATE INDEX hours_entries_mine ON hours_entries (person_id, credited_at DESC, id DESC)",
    (
        "CREATE TRIGGER scans_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON scans"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    ),
)


async def forwards() -> MigrationManager:
    """Run the statements above."""
    return statements(ID, DESCRIPTION, SQL)
