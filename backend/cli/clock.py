"""`linli clock`: the demo clock."""

from datetime import datetime

import click

from backend.cli.session import with_database
from backend.core import clock
from backend.settings import Settings


@click.group(name="clock")
def clock_group() -> None:
    """The time by which everything is judged; outside production it can be moved forward."""


@clock_group.command()
def show() -> None:
    """Say what time it is, and how far that is ahead of the real clock."""

    async def work(_: Settings) -> str:
        return f"{await clock.now():%Y-%m-%d %H:%M:%S %Z}, ahead by {await clock.shift()}"

    click.echo(with_database(work))


@clock_group.command()
@click.argument("step")
def advance(step: str) -> None:
    """Move the clock forward by STEP: 3d, 12h, 30m or 10s."""

    async def work(settings: Settings) -> datetime:
        allowed = settings.has_demo_clock
        return await clock.advance_clock(clock.parse_step(step), allowed=allowed)

    click.echo(f"it is now {with_database(work):%Y-%m-%d %H:%M:%S %Z}")
