"""Putting an organisation on record."""

import pytest
from asyncpg import UniqueViolationError

from backend.core.db import atomic, fetch, fetch_one
from backend.core.problems import refusal_of_database_error
from backend.organisations.queries import get_organisation
from backend.organisations.rules import CreditCodeInvalid, OrganisationAlreadyKnown
from backend.organisations.types import OrganisationKind, OrganisationStatus
from tests.organisations.orgs import CREDIT_CODE, put_on_record
from tests.people import STREET


async def test_an_organisation_with_a_code_is_registered(db: None) -> None:
    facts = await get_organisation(await put_on_record(credit_code="91350100-m000100y43"))
    assert (facts.name, facts.place_code) == ("暮光助老社", STREET)
    assert facts.status is OrganisationStatus.REGISTERED
    assert facts.kind is OrganisationKind.COMMUNITY_ORGANISATION
    assert facts.path.endswith(f"/{STREET}/")


async def test_filed_organisations_need_no_code(db: None) -> None:
    first = await get_organisation(await put_on_record())
    second = await get_organisation(await put_on_record(name="梧桐义仓"))
    assert first.status is second.status is OrganisationStatus.FILED
    assert first.id != second.id


async def test_a_wrong_code_is_refused(db: None) -> None:
    with pytest.raises(CreditCodeInvalid):
        await put_on_record(credit_code="91350100M000100Y44")


async def test_one_code_is_one_organisation(db: None) -> None:
    await put_on_record(credit_code=CREDIT_CODE)
    with pytest.raises(OrganisationAlreadyKnown):
        await put_on_record(name="别名", credit_code=CREDIT_CODE)


async def test_the_database_keeps_one_code_even_without_the_check(db: None) -> None:
    known = await put_on_record(credit_code=CREDIT_CODE)
    with pytest.raises(UniqueViolationError) as caught:
        async with atomic():
            await fetch(
                "INSERT INTO organisations SELECT gen_random_uuid(), place_code, name,"
                " credit_code, kind, status, created_at FROM organisations WHERE id = $1",
                known,
            )
    assert isinstance(refusal_of_database_error(caught.value), OrganisationAlreadyKnown)


async def test_it_leaves_an_audit_row(db: None) -> None:
    known = await put_on_record()
    row = await fetch_one(
        "SELECT * FROM audit_events WHERE event = 'register_organisation' AND subject_id = $1",
        str(known),
    )
    assert (row["account_id"], row["place_code"]) == (None, STREET)
