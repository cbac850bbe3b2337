"""Piccolo's view of the project: every table of every room, and the one migration stream."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

ROOMS_WITH_TABLES = (
    "core",
    "places",
    "identity",
    "community",
    "policies",
    "polls",
    "publications",
    "notices",
    "needs",
    "organisations",
    "projects",
    "surveys",
    "meetings",
    "volunteers",
    "grants",
)

APP_CONFIG = AppConfig(
    app_name="linli",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=table_finder([f"backend.{room}.tables" for room in ROOMS_WITH_TABLES]),
    migration_dependencies=[],
    commands=[],
)
