"""Listing the funds of a place."""

from backend.seeding.people import FUND_NAME
from tests.api import Api, code_of
from tests.people import OTHER_STREET, STREET, People


async def test_the_street_and_its_residents_see_what_the_fund_has(api: Api, people: People) -> None:
    for who in (people.street_officer, people.resident):
        page = await api.get(f"/v1/funds?place={STREET}", who=who)
        funds = {fund["name"]: fund["balance_fen"] for fund in page["items"]}
        assert funds[FUND_NAME] == 20_000_000


async def test_eve_does_not_see_it_and_nobody_sees_an_unknown_place(
    api: Api, people: People
) -> None:
    assert code_of(await api.get(f"/v1/funds?place={STREET}", who=people.eve, expect=404))
    assert (await api.get(f"/v1/funds?place={OTHER_STREET}", who=people.eve))["items"] == []
    problem = await api.get("/v1/funds?place=999999", who=people.street_officer, expect=404)
    assert code_of(problem) == "not-found"
