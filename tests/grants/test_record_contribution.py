"""Booking money that came into a fund."""

from uuid import uuid4

from backend.core.db import fetch_one
from tests.api import Api, code_of
from tests.grants.scene import Scene
from tests.people import People

BODY = {"amount_fen": 1_000_000, "from": "热心企业", "reference": "捐-002"}


async def test_money_is_added_to_the_balance(api: Api, scene: Scene) -> None:
    path = f"/v1/funds/{scene.fund_id}/contributions"
    booked = await api.post(path, BODY, who=scene.officer)
    assert (booked["number"], booked["amount_fen"], booked["balance_fen"]) == (
        2,
        1_000_000,
        9_000_000,
    )


async def test_who_keeps_no_funds_here_books_nothing(
    api: Api, people: People, scene: Scene
) -> None:
    path = f"/v1/funds/{scene.fund_id}/contributions"
    assert code_of(await api.post(path, BODY, who=people.eve, expect=404)) == "not-found"
    assert code_of(await api.post(path, BODY, who=people.manager, expect=403)) == "not-permitted"
    unknown = f"/v1/funds/{uuid4()}/contributions"
    assert code_of(await api.post(unknown, BODY, who=scene.officer, expect=404)) == "not-found"


async def test_a_voucher_is_booked_once(api: Api, scene: Scene) -> None:
    path = f"/v1/funds/{scene.fund_id}/contributions"
    await api.post(path, BODY, who=scene.officer)
    again = await api.post(path, BODY | {"amount_fen": 5}, who=scene.officer, expect=409)
    assert code_of(again) == "contribution-already-recorded"


async def test_nothing_and_less_than_nothing_is_no_contribution(api: Api, scene: Scene) -> None:
    path = f"/v1/funds/{scene.fund_id}/contributions"
    for amount in (0, -1):
        problem = await api.post(path, BODY | {"amount_fen": amount}, who=scene.officer, expect=422)
        assert code_of(problem) == "invalid-request"


async def test_a_repeated_request_books_once(api: Api, scene: Scene) -> None:
    path = f"/v1/funds/{scene.fund_id}/contributions"
    first = await api.post(path, BODY, who=scene.officer, key="once")
    assert await api.post(path, BODY, who=scene.officer, key="once") == first


async def test_it_leaves_an_audit_row_with_figures_only(api: Api, scene: Scene) -> None:
    await api.post(f"/v1/funds/{scene.fund_id}/contributions", BODY, who=scene.officer)
    row = await fetch_one(
        "SELECT * FROM audit_events WHERE event = 'record_contribution' ORDER BY id DESC LIMIT 1"
    )
    assert row["facts"] == {"number": 2, "amount_fen": 1_000_000}
