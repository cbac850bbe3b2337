"""`linli admin create` and `linli totp`."""

from datetime import date
from uuid import UUID

import click
import pyotp

from backend.cli.session import with_database
from backend.core import audit
from backend.core.access import Role
from backend.core.columns import new_id
from backend.core.db import atomic, fetch_one
from backend.core.sealing import unseal
from backend.identity.actions import (
    give_staff_login,
    grant_roles,
    hash_password,
    open_accounts,
    register_people,
)
from backend.identity.types import NewGrant, NewPerson, Sex
from backend.settings import Settings, SettingsError


@click.group(name="admin")
def admin_group() -> None:
    """Administrators: the first accounts of an installation."""


@admin_group.command()
@click.option("--login", required=True, help="What the administrator types to sign in.")
@click.option("--name", required=True, help="The person's name.")
@click.option("--place", required=True, help="Code of the place to administer, e.g. 340104.")
@click.password_option(help="At least 12 characters.")
def create(login: str, name: str, place: str, password: str) -> None:
    """Open an administrator's account; prints the TOTP secret once, for an authenticator."""
    if len(password) < 12:
        raise SettingsError("the password needs at least 12 characters")
    secret = pyotp.random_base32()

    async def work(_: Settings) -> None:
        await _create_administrator(login, name, place, password, secret)

    with_database(work)
    address = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name="Linli")
    click.echo(f"{name} may sign in as {login}. Add this to an authenticator now:\n{address}")


async def _create_administrator(
    login: str, name: str, place: str, password: str, secret: str
) -> None:
    person = NewPerson(new_id(), name, Sex.UNKNOWN, date(1970, 1, 1))
    async with atomic():
        if await fetch_one("SELECT 1 FROM places WHERE code = $1", place) is None:
            raise SettingsError(f"there is no place {place}; run: linli seed")
        if await fetch_one("SELECT 1 FROM accounts WHERE login = $1", login) is not None:
            raise SettingsError(f"the login {login} is taken")
        await register_people([person])
        account: UUID = (await open_accounts([person]))[person.id]
        await give_staff_login(account, login, hash_password(password), secret)
        await grant_roles([NewGrant(account, Role.ADMINISTRATOR, place)])
        await audit.record("create_administrator", None, subject=("account", str(account)))


@click.command()
@click.argument("login")
def totp(login: str) -> None:
    """Print the current one-time password of LOGIN (demo and test only)."""

    async def work(settings: Settings) -> str:
        if settings.is_production:
            raise SettingsError("production keeps one-time passwords on the owner's device")
        row = await fetch_one("SELECT id, totp_sealed FROM accounts WHERE login = $1", login)
        if row is None:
            raise SettingsError(f"nobody signs in as {login}")
        return pyotp.TOTP(unseal(row["totp_sealed"], "accounts", "totp", row["id"])).now()

    click.echo(with_database(work))
