"""`linli secrets`: the key file."""

from pathlib import Path

import click

from backend.core.sealing import create_secrets


@click.group(name="secrets")
def secrets_group() -> None:
    """The keys that seal phone and ID numbers and sign tokens; they are never in the database."""


@secrets_group.command()
@click.argument("file", type=click.Path(path_type=Path))
def create(file: Path) -> None:
    """Write fresh keys to a new FILE (mode 0600); an existing file is never overwritten."""
    create_secrets(file)
    click.echo(f"wrote {file}; whoever loses it loses every sealed value, so keep a copy apart")
