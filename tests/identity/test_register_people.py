"""People on the register and their accounts: sealed numbers, nobody twice."""

from dataclasses import replace
from datetime import date

import asyncpg
import pytest

from backend.core.columns import new_id
from backend.core.db import atomic, fetch_one, fetch_value
from backend.core.problems import refusal_of_database_error
from backend.core.sealing import unseal
from backend.identity.actions import open_accounts, register_people
from backend.identity.rules import PhoneTaken
from backend.identity.types import NewPerson, Sex
from tests.identity.phones import UNKNOWN


def somebody() -> NewPerson:
    return NewPerson(
        id=new_id(),
        name="钱多多",
        sex=Sex.FEMALE,
        birth_on=date(1990, 6, 1),
        phone=UNKNOWN,
        id_number="340104199006010021",
    )


async def test_numbers_are_sealed_for_their_row(db: None) -> None:
    person = somebody()
    await register_people([person])
    accounts = await open_accounts([person])
    row = await fetch_one("SELECT p::text AS shown, p.* FROM people p WHERE id = $1", person.id)
    assert str(person.id_number).encode().hex() not in row["shown"]
    assert unseal(row["id_number_sealed"], "people", "id_number", person.id) == person.id_number
    account = await fetch_one("SELECT * FROM accounts WHERE id = $1", accounts[person.id])
    assert unseal(account["phone_sealed"], "accounts", "phone", account["id"]) == UNKNOWN


async def test_nobody_stands_on_the_register_twice(db: None) -> None:
    await register_people([somebody()])
    with pytest.raises(asyncpg.UniqueViolationError) as caught:
        await register_people([somebody()])
    assert caught.value.constraint_name == "people_id_number_once"


async def test_a_phone_belongs_to_one_account(db: None) -> None:
    first, second = somebody(), replace(somebody(), id_number=None)
    await register_people([first, second])
    await open_accounts([first])
    with pytest.raises(asyncpg.UniqueViolationError) as caught:
        await open_accounts([second])
    refusal = refusal_of_database_error(caught.value)
    assert isinstance(refusal, PhoneTaken)
    assert (refusal.code, refusal.status) == ("phone-taken", 409)


async def test_one_bad_line_loads_nothing(db: None) -> None:
    before = await fetch_value("SELECT count(*) FROM people")
    with pytest.raises(asyncpg.PostgresError):
        async with atomic():
            await register_people([somebody(), replace(somebody(), name="x" * 81)])
    assert await fetch_value("SELECT count(*) FROM people") == before
