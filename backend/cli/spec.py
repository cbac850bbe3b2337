"""`linli spec`: write or check the generated contract under `api_spec/`."""

import sys

import click

from backend.app.contract import stale_files, write_contract
from backend.settings import PROJECT_DIR


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if a file is out of date.")
def spec(check: bool) -> None:
    """Write openapi.json, access.md, problems.md, rules.md and events.md."""
    folder = PROJECT_DIR / "api_spec"
    if check:
        stale = stale_files(folder)
        for path in stale:
            click.echo(f"out of date: {path.name}")
        sys.exit(1 if stale else 0)
    for path in write_contract(folder):
        click.echo(f"wrote {path.name}")
