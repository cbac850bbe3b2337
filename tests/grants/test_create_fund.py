"""Setting up a special fund of a place."""

from backend.core.db import fetch_one
from tests.api import Api, code_of
from tests.people import OTHER_STREET, STREET, People

BODY = {"place_code": STREET, "name": "微创投试验基金"}


async def test_the_street_sets_up_a_fund(api: Api, people: People) -> None:
    fund = await api.post("/v1/funds", BODY, who=people.street_officer)
    assert (fund["place_code"], fund["name"]) == (STREET, "微创投试验基金")
    assert (fund["balance_fen"], fund["committed_fen"], fund["contributed_fen"]) == (0, 0, 0)
    assert fund["entries"] == {"items": [], "next": None}


async def test_who_keeps_no_funds_here_sets_none_up(api: Api, people: People) -> None:
    assert code_of(await api.post("/v1/funds", BODY, who=people.eve, expect=404)) == "not-found"
    elsewhere = BODY | {"place_code": OTHER_STREET}
    await api.post("/v1/funds", elsewhere, who=people.street_officer, expect=404)
    for someone in (people.resident, people.manager, people.chair):
        assert code_of(await api.post("/v1/funds", BODY, who=someone, expect=403)) == (
            "not-permitted"
        )


async def test_a_name_is_given_once_in_a_place(api: Api, people: People) -> None:
    await api.post("/v1/funds", BODY, who=people.street_officer)
    again = await api.post("/v1/funds", BODY, who=people.street_officer, expect=409)
    assert code_of(again) == "fund-name-taken"
    await api.post("/v1/funds", BODY | {"place_code": OTHER_STREET}, who=people.eve)


async def test_blanks_alone_are_no_name(api: Api, people: People) -> None:
    body = BODY | {"name": " \u3000"}
    problem = await api.post("/v1/funds", body, who=people.street_officer, expect=422)
    assert problem["fields"] == ["name"]


async def test_it_leaves_an_audit_row(api: Api, people: People) -> None:
    fund = await api.post("/v1/funds", BODY, who=people.street_officer)
    row = await fetch_one(
        "SELECT * FROM audit_events WHERE event = 'create_fund' AND subject_id = $1", fund["id"]
    )
    assert (row["account_id"], row["place_code"]) == (people.street_officer.account_id, STREET)
