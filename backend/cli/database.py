"""`linli migrate` and `linli seed`."""

import click

from backend.cli.session import with_database
from backend.core.migrating import run_migrations
from backend.seeding.demo import is_seeded, seed_demo
from backend.seeding.reference import load_reference
from backend.settings import Settings, SettingsError


@click.command()
def migrate() -> None:
    """Bring the database to this version; one process at a time, the others wait."""

    async def work(settings: Settings) -> list[str]:
        return await run_migrations(str(settings.database_url))

    applied = with_database(work)
    click.echo(f"{len(applied)} migrations applied" if applied else "nothing to do")


@click.command()
@click.option("--demo", is_flag=True, help="Also make the demo's communities and people.")
def seed(demo: bool) -> None:
    """Load places, voting rules and policy packs; safe to repeat."""

    async def work(settings: Settings) -> None:
        await run_migrations(str(settings.database_url))
        if not demo:
            await load_reference()
            return
        if settings.is_production:
            raise SettingsError("production takes no demo people: leave --demo out")
        if await is_seeded():
            click.echo("there are people already: nothing to do")
            return
        await seed_demo(say=click.echo)

    with_database(work)
    click.echo("done")
