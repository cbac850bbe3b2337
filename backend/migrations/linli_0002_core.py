"""Time, append-only records and the outbox's index."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.core.migrating import statements

ID = "2026-11-21T00:00:02:000000"
VERSION = "1.38.0"
DESCRIPTION = "linli_now(), append-only triggers, outbox index"

SQL = (
    "INSERT INTO clock_shift (id, shift) VALUES (1, interval '0')",
    (
        "CREATE FUNCTION linli_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS"
        " $$ SELECT clock_timestamp() + (SELECT shift FROM clock_shift) $$"
    ),
    (
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';"
        " END $$"
    ),
    (
        "CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE"
        " ON audit_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    ),
    "ALTER TABLE audit_events ALTER COLUMN at SET DEFAULT linli_now()",
    "ALTER TABLE idempotency_keys ALTER COLUMN created_at SET DEFAULT linli_now()",
    "CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at)",
    "ALTER TABLE outbox_messages ALTER COLUMN due_at SET DEFAULT clock_timestamp()",
    (
        "CREATE INDEX outbox_messages_due ON outbox_messages (due_at, id)"
        " WHERE done_at IS NULL AND failed_at IS NULL"
    ),
)


async def forwards() -> MigrationManager:
    """Run the statements above."""
    return statements(ID, DESCRIPTION, SQL)
