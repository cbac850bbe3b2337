"""Migrations: statements that Piccolo's columns cannot say, and running the stream under a lock."""

import contextlib
import io
from collections.abc import Sequence

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager
from piccolo.apps.migrations.tables import Migration

from backend.core.db import ENGINE, new_connection

APP = "linli"
_LOCK = 0x6C696E6C69


def statements(migration_id: str, description: str, sql: Sequence[str]) -> MigrationManager:
    """A migration of plain statements, run in order in one transaction."""
    manager = MigrationManager(migration_id=migration_id, app_name=APP, description=description)

    async def run() -> None:
        for statement in sql:
            await ENGINE.run_ddl(statement)

    manager.add_raw(run)
    return manager


async def run_migrations(url: str) -> list[str]:
    """Apply what is pending; one process at a time, the others wait. Returns the new ids."""
    guard = await new_connection(url)
    try:
        await guard.execute("SELECT pg_advisory_lock($1)", _LOCK)
        before = await pending_migrations()
        with contextlib.redirect_stdout(io.StringIO()):
            await ForwardsMigrationManager(app_name=APP).run()
        return before
    finally:
        await guard.close()


async def pending_migrations() -> list[str]:
    """The ids that have not run here, in order."""
    manager = ForwardsMigrationManager(app_name=APP)
    await manager.create_migration_table()
    config = manager.get_app_config(app_name=APP)
    modules = manager.get_migration_modules(config.resolved_migrations_folder_path)
    done = await Migration.get_migrations_which_ran(app_name=APP)
    return sorted(set(modules) - set(done))
