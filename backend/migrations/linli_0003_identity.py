"""Uniqueness of phones, logins and ID numbers; indexes of identity."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.core.migrating import statements

ID = "2026-11-21T00:00:03:000000"
VERSION = "1.38.0"
DESCRIPTION = "Uniqueness of phones, logins and ID numbers; indexes of identity"

SQL = (
    "CREATE INDEX places_path ON places (path text_pattern_ops)",
    "CREATE UNIQUE INDEX people_id_number_once ON people (id_number_index)",
    "CREATE UNIQUE INDEX accounts_phone_once ON accounts (phone_index)",
    "CREATE UNIQUE INDEX accounts_login_once ON accounts (login)",
    "CREATE UNIQUE INDEX accounts_person_once ON accounts (person_id)",
    "CREATE UNIQUE INDEX sessions_refresh_once ON sessions (refresh_hash)",
    "CREATE UNIQUE INDEX sessions_previous_once ON sessions (previous_hash)",
    "CREATE INDEX sign_in_codes_phone ON sign_in_codes (phone_index, created_at)",
    "CREATE INDEX sign_in_codes_address ON sign_in_codes (address_index, created_at)",
    "CREATE INDEX sign_in_codes_age ON sign_in_codes (created_at)",
    "CREATE INDEX staff_sign_in_failures_login ON staff_sign_in_failures (login, at)",
    (
        "CREATE UNIQUE INDEX role_grants_once ON role_grants (account_id, role, place_code)"
        " WHERE revoked_at IS NULL"
    ),
)


async def forwards() -> MigrationManager:
    """Run the statements above."""
    return statements(ID, DESCRIPTION, SQL)
