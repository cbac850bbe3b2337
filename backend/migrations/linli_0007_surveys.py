"""An opened questionnaire is frozen."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend.core.migrating import statements

ID = "2026-11-21T00:00:07:000000"
VERSION = "1.38.0"
DESCRIPTION = "An opened questionnaire is frozen"

SQL = (
    (
        "CREATE TRIGGER surveys_frozen BEFORE UPDATE ON surveys FOR EACH ROW"
        " WHEN (OLD.opens_at IS NOT NULL AND (NEW.questionnaire, NEW.questionnaire_sha256)"
        " IS DISTINCT FROM (OLD.questionnaire, OLD.questionnaire_sha256))"
        " EXECUTE FUNCTION refuse_change()"
    ),
)


async def forwards() -> MigrationManager:
    """Run the statements above."""
    return statements(ID, DESCRIPTION, SQL)
