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
    """Open an account for each person with a phone; returns accounts by person."""
    at = await clock.now()
    accounts = {person.id: new_id() for person in people if person.phone}
    rows = [
        (
            accounts[person.id],
            person.id,
            seal(person.phone, "accounts", "phone", accounts[person.id]),
            blind_index("phone", person.phone),
            at,
        )
        for person in people
        if person.phone
    ]
    async with atomic() as connection:
        await connection.copy_records_to_table(
            "accounts",
            records=rows,
            columns=["id", "person_id", "phone_sealed", "phone_index", "created_at"],
        )
    return accounts


async def open_staff_account(person_id: UUID, login: str, password: str, totp_secret: str) -> UUID:
    """Open an account that signs in with login, password (argon2id) and TOTP."""
    account_id = new_id()
    await fetch(
        "INSERT INTO accounts (id, person_id, login, password_hash, totp_sealed, created_at)"
        " VALUES ($1, $2, $3, $4, $5, linli_now())",
        account_id,
        person_id,
        login,
        _hasher.hash(password),
        seal(totp_secret, "accounts", "totp", account_id),
    )
    return account_id


async def set_staff_secret(account_id: UUID, password: str, totp_secret: str) -> None:
    """Give an account a new password and TOTP secret."""
    await fetch(
        "UPDATE accounts SET password_hash = $2, totp_sealed = $3 WHERE id = $1",
        account_id,
        _hasher.hash(password),
        seal(totp_secret, "accounts", "totp", account_id),
    )
