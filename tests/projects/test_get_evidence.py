"""What counts for a project, recorded by other rooms and read by the people of the place."""

from uuid import UUID

import pytest
from asyncpg import PostgresError

from backend.core.db import atomic, fetch, fetch_value
from backend.projects.actions import record_evidence
from backend.projects.types import EvidenceKind, NewEvidence
from tests.api import Api, code_of
from tests.people import People
from tests.projects.running import start

EVIDENCE = (
    NewEvidence(EvidenceKind.NEED, "need", "n-1", 1, "need"),
    NewEvidence(EvidenceKind.MONEY, "award", "a-1", 4_950_000_000_000, "fen"),
    NewEvidence(
        EvidenceKind.HOURS_VOLUNTEER,
        "shift",
        "s-1",
        360,
        "minutes",
        {"minutes_by_capacity": {"volunteer": 360}},
    ),
    NewEvidence(
        EvidenceKind.HOURS_DUTY,
        "shift",
        "s-1",
        240,
        "minutes",
        {"minutes_by_capacity": {"party_worker": 120, "social_worker": 120}},
    ),
    NewEvidence(EvidenceKind.PEOPLE_REACHED, "shift", "s-1", 35, "persons"),
    NewEvidence(EvidenceKind.PEOPLE_REACHED, "shift", "s-2", 20, "persons"),
)


async def _record_all(project_id: UUID) -> None:
    for one in EVIDENCE:
        await record_evidence(project_id, one)


async def test_evidence_is_shown_entry_by_entry_and_in_total(api: Api, people: People) -> None:
    project_id = await start(people)
    await _record_all(project_id)
    shown = await api.get(f"/v1/projects/{project_id}/evidence", who=people.resident)
    entries = [(item["kind"], item["ref_id"], item["quantity"]) for item in shown["items"]]
    assert entries == [(one.kind.value, one.ref_id, one.quantity) for one in EVIDENCE]
    assert {"kind": "people_reached", "unit": "persons", "quantity": 55, "entries": 2} in shown[
        "totals"
    ]
    assert shown["minutes_by_capacity"] == {
        "party_worker": 120,
        "social_worker": 120,
        "volunteer": 360,
    }


async def test_totals_are_of_all_pages(api: Api, people: People) -> None:
    project_id = await start(people)
    await _record_all(project_id)
    path = f"/v1/projects/{project_id}/evidence"
    first = await api.get(path, who=people.resident, params={"limit": 4})
    second = await api.get(path, who=people.resident, params={"after": first["next"]})
    assert (len(first["items"]), len(second["items"]), second["next"]) == (4, 2, None)
    assert first["totals"] == second["totals"]


async def test_the_same_fact_counts_once(api: Api, people: People) -> None:
    project_id = await start(people)
    await _record_all(project_id)
    await _record_all(project_id)
    shown = await api.get(f"/v1/projects/{project_id}/evidence", who=people.manager)
    assert len(shown["items"]) == len(EVIDENCE)


async def test_evidence_is_never_changed(people: People) -> None:
    project_id = await start(people)
    await record_evidence(project_id, EVIDENCE[0])
    for statement in ("UPDATE evidence SET quantity = 9", "DELETE FROM evidence"):
        with pytest.raises(PostgresError, match="append-only"):
            async with atomic():
                await fetch(statement)
    kept = "SELECT quantity FROM evidence WHERE project_id = $1"
    assert await fetch_value(kept, project_id) == 1


async def test_others_do_not_find_it(api: Api, people: People) -> None:
    path = f"/v1/projects/{await start(people)}/evidence"
    assert code_of(await api.get(path, who=people.eve, expect=404)) == "not-found"
    assert code_of(await api.get(path, expect=401)) == "not-signed-in"
