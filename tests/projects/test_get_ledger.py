"""The money of a project: what was committed, paid, spent."""

import pytest

from backend.core.db import atomic
from backend.projects.actions import record_money
from backend.projects.rules import LedgerReferenceTaken
from backend.projects.types import MoneyKind
from tests.api import Api, code_of
from tests.people import People
from tests.projects.running import start


async def test_money_is_shown_entry_by_entry_and_in_total(api: Api, people: People) -> None:
    project_id = await start(people)
    await record_money(project_id, MoneyKind.COMMITTED, 2_000_000, "award-1", "立项")
    await record_money(project_id, MoneyKind.PAID, 1_000_000, "pay-1", "首期")
    await record_money(project_id, MoneyKind.PAID, 500_000, "pay-2", "二期")
    await record_money(project_id, MoneyKind.SPENT, 123_456, "bill-1", "物资")
    shown = await api.get(f"/v1/projects/{project_id}/ledger", who=people.resident)
    assert [entry["reference"] for entry in shown["items"]] == [
        "award-1",
        "pay-1",
        "pay-2",
        "bill-1",
    ]
    assert (shown["budget_fen"], shown["committed_fen"]) == (2_000_000, 2_000_000)
    assert (shown["paid_fen"], shown["spent_fen"]) == (1_500_000, 123_456)


async def test_a_repeated_booking_changes_nothing(api: Api, people: People) -> None:
    project_id = await start(people)
    for _ in range(2):
        await record_money(project_id, MoneyKind.PAID, 1_000_000, "pay-1", "首期")
    shown = await api.get(f"/v1/projects/{project_id}/ledger", who=people.manager)
    assert (len(shown["items"]), shown["paid_fen"]) == (1, 1_000_000)


async def test_the_same_reference_with_another_amount_is_refused(people: People) -> None:
    project_id = await start(people)
    await record_money(project_id, MoneyKind.PAID, 1_000_000, "pay-1", "首期")
    with pytest.raises(LedgerReferenceTaken) as refusal:
        async with atomic():
            await record_money(project_id, MoneyKind.PAID, 1_000_001, "pay-1", "首期")
    assert refusal.value.facts == {"booked_fen": 1_000_000}


async def test_others_do_not_find_it(api: Api, people: People) -> None:
    path = f"/v1/projects/{await start(people)}/ledger"
    assert code_of(await api.get(path, who=people.eve, expect=404)) == "not-found"
    assert code_of(await api.get(path, expect=401)) == "not-signed-in"
