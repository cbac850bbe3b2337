"""The command's group, and the one place where an error becomes a sentence and an exit code."""

import sys

import asyncpg
import click

from backend.cli.clock import clock_group
from backend.cli.database import migrate, seed
from backend.cli.doctor import doctor
from backend.cli.people import admin_group, totp
from backend.cli.secrets import secrets_group
from backend.cli.serve import serve, web, worker
from backend.cli.spec import spec
from backend.cli.story import story
from backend.core.problems import Refusal
from backend.core.sealing import SecretsError
from backend.servers.errors import ServersError
from backend.settings import SettingsError

EXIT_SETTINGS = 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="linli")
def linli() -> None:
    """Linli (邻里): the backend of urban communities."""


for command in (
    serve,
    web,
    worker,
    migrate,
    seed,
    story,
    doctor,
    spec,
    clock_group,
    admin_group,
    totp,
    secrets_group,
):
    linli.add_command(command)


def main() -> None:
    """Run a command; what people can mend is one sentence, not a traceback."""
    try:
        linli(prog_name="linli")
    except SettingsError as error:
        _leave(str(error), EXIT_SETTINGS)
    except ServersError as error:
        _leave(str(error), error.exit_code)
    except (SecretsError, Refusal) as error:
        text = error.sentence("en") if isinstance(error, Refusal) else str(error)
        _leave(text, EXIT_SETTINGS)
    except (OSError, asyncpg.PostgresError) as error:
        _leave(f"The database cannot be reached or refuses: {error}", 1)


def _leave(sentence: str, code: int) -> None:
    click.echo(f"linli: {sentence}", err=True)
    sys.exit(code)
