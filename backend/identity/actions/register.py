"""Putting people on the register and opening accounts for them."""

from collections.abc import Sequence
from uuid import UUID

from argon2 import PasswordHasher

from backend.core import clock
from backend.core.columns import new_id
from backend.core.db import atomic, fetch
from backend.core.sealing import blind_index, seal
from backend.identity.types import NewPerson

_hasher = PasswordHasher()


async def register_people(people: Sequence[NewPerson]) -> None:
    """Put people on the register; ID numbers are sealed, and nobody stands there twice."""
    at = await clock.now()
    rows = [
        (
            person.id,
            person.name,
            person.sex.value,
            person.birth_on,
            seal(person.id_number, "people", "id_number", person.id) if person.id_number else None,
            blind_index("id", person.id_number) if person.id_number else None,
            at,
        )
        for person in people
    ]
    async with atomic() as connection:
        await connection.copy_records_to_table(
            "people",
            records=rows,
            columns=[
                "id",
                "name",
                "sex",
                "birth_on",
                "id_number_sealed",
                "id_number_index",
                "created_at",
            ],
        )


async def open_accounts(people: Sequence[NewPerson]) -> dict[UUID, UUID]:
    """Open an account for each person, with the phone if there is one; accounts by person."""
    at = await clock.now()
    accounts = {person.id: new_id() for person in people}
    rows = [
        (
            accounts[person.id],
            person.id,
            seal(person.phone, "accounts", "phone", accounts[person.id]) if person.phone else None,
            blind_index("phone", person.phone) if person.phone else None,
            0,
            at,
        )
        for person in people
    ]
    async with atomic() as connection:
        await connection.copy_records_to_table(
            "accounts",
            records=rows,
            columns=[
                "id",
                "person_id",
                "phone_sealed",
                "phone_index",
                "totp_last_step",
                "created_at",
            ],
        )
    return accounts


def hash_password(password: str) -> str:
    """The argon2id hash of a staff password."""
    return _hasher.hash(password)


async def give_staff_login(
    account_id: UUID, login: str, password_hash: str, totp_secret: str
) -> None:
    """Let an account sign in with login, password and TOTP (a base32 secret, sealed)."""
    await fetch(
        "UPDATE accounts SET login = $2, password_hash = $3, totp_sealed = $4 WHERE id = $1",
        account_id,
        login,
        password_hash,
        seal(totp_secret, "accounts", "totp", account_id),
    )
