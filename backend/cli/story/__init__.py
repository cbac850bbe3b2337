"""`linli story`: one need from a survey to hours served, played over HTTP."""

import asyncio
import sys

import click
import httpx

from backend.app.schema import EXAMPLES_FILE
from backend.cli.story.play import play_story, record_story
from backend.cli.story.stage import StoryError
from backend.servers.lock import find_run
from backend.settings import load_settings


@click.command()
@click.option("--record", is_flag=True, hidden=True, help="Write the contract's examples anew.")
@click.option("--address", help="Of a running Linli; default: the one of this state folder.")
def story(address: str | None, record: bool) -> None:
    """Play the story against a running Linli (start it with: make run)."""
    settings = load_settings()
    run = find_run(settings.state_dir)
    chosen = address or (run.address if run else f"http://{settings.host}:{settings.port}")
    try:
        if record:
            _record(chosen)
        else:
            asyncio.run(play_story(chosen))
    except StoryError as error:
        click.echo(click.style(f"\nThe story stops here: {error}", fg="red"), err=True)
        sys.exit(1)
    except httpx.TransportError as error:
        click.echo(
            f"linli: nobody answers at {chosen} ({error}); start it with: make run", err=True
        )
        sys.exit(1)
    click.echo(click.style("\nThe story ends well.", bold=True))


def _record(address: str) -> None:
    recording = asyncio.run(record_story(address))
    recording.write(EXAMPLES_FILE)
    click.echo(f"recorded {len(recording.examples)} operations; unused: {recording.missing}")


__all__ = ["play_story", "story"]
