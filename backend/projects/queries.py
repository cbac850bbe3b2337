"""Reads of projects. Whoever belongs to the place, or manages the organisation, may read."""

from typing import Any
from uuid import UUID

from backend.core.access import Actor, Permission
from backend.core.db import fetch, fetch_one
from backend.core.paging import decode_id_cursor, page_of
from backend.core.problems import NotFound
from backend.core.wire import Page
from backend.organisations.queries import list_managed
from backend.places.queries import get_place
from backend.projects import rules
from backend.projects.schemas import (
    EvidenceEntryView,
    EvidenceTotalView,
    EvidenceView,
    LedgerEntryView,
    LedgerView,
    ProjectView,
)
from backend.projects.types import EvidenceFacts, ProjectFacts, ProjectState

_PROJECT = (
    "SELECT p.*, o.name AS organisation_name, pl.path FROM projects p"
    " JOIN organisations o ON o.id = p.organisation_id JOIN places pl ON pl.code = p.place_code"
)


def _facts(row: Any) -> ProjectFacts:
    return ProjectFacts(
        row["id"],
        row["place_code"],
        row["path"],
        row["title"],
        row["need_id"],
        row["organisation_id"],
        ProjectState(row["state"]),
    )


def _view(row: Any) -> ProjectView:
    return ProjectView(**{name: row[name] for name in ProjectView.__struct_fields__})


async def _find_row(project_id: UUID) -> Any:
    row = await fetch_one(_PROJECT + " WHERE p.id = $1", project_id)
    if row is None:
        raise NotFound
    return row


async def get_project(project_id: UUID) -> ProjectFacts:
    """A project by its id; not found if there is none."""
    return _facts(await _find_row(project_id))


async def get_project_for(actor: Actor, project_id: UUID) -> ProjectFacts:
    """A project that the actor may read; any other is not found."""
    return _facts(await _find_row_for(actor, project_id))


async def get_project_view(actor: Actor, project_id: UUID) -> ProjectView:
    """A project as its readers see it."""
    return _view(await _find_row_for(actor, project_id))


async def _find_row_for(actor: Actor, project_id: UUID) -> Any:
    row = await _find_row(project_id)
    if not actor.belongs_to(row["path"]) and row["organisation_id"] not in await list_managed(
        actor.person_id
    ):
        raise NotFound
    return row


async def list_projects(
    actor: Actor, place_code: str, limit: int, after: str | None
) -> Page[ProjectView]:
    """Projects at a place and below it, of those places that the actor may read; oldest first."""
    place = await get_place(place_code)
    if not actor.belongs_to(place.path):
        raise NotFound
    last = decode_id_cursor(after)
    rows = await fetch(
        _PROJECT + " WHERE starts_with(pl.path, $1) AND ($2::uuid IS NULL OR p.id > $2)"
        " AND EXISTS (SELECT 1 FROM unnest($4::text[]) mine WHERE starts_with(pl.path, mine))"
        " ORDER BY p.id LIMIT $3",
        place.path,
        last,
        limit + 1,
        actor.paths_of(Permission.READ_PROJECTS),
    )
    return page_of(rows, limit, _view, lambda row: (row["id"],))


async def get_evidence(
    actor: Actor, project_id: UUID, limit: int, after: str | None
) -> EvidenceView:
    """What counts for a project, entry by entry and in total."""
    project = await get_project_for(actor, project_id)
    last = decode_id_cursor(after)
    rows = await fetch(
        "SELECT * FROM evidence WHERE project_id = $1 AND ($2::uuid IS NULL OR id > $2)"
        " ORDER BY id LIMIT $3",
        project.id,
        last,
        limit + 1,
    )
    facts = await list_evidence_facts(project.id)
    page = page_of(rows, limit, _view_evidence, lambda row: (row["id"],))
    totals = [
        EvidenceTotalView(total.kind, total.unit, total.quantity, total.entries)
        for total in rules.total_evidence(facts)
    ]
    return EvidenceView(page.items, page.next, totals, rules.total_minutes(facts))


async def list_evidence_facts(project_id: UUID) -> list[EvidenceFacts]:
    """All evidence of a project as values, oldest first."""
    rows = await fetch(
        "SELECT kind, quantity, unit, facts FROM evidence WHERE project_id = $1 ORDER BY id",
        project_id,
    )
    return [
        EvidenceFacts(
            row["kind"],
            row["quantity"],
            row["unit"],
            tuple(sorted(row["facts"].get("minutes_by_capacity", {}).items())),
        )
        for row in rows
    ]


def _view_evidence(row: Any) -> EvidenceEntryView:
    return EvidenceEntryView(**{name: row[name] for name in EvidenceEntryView.__struct_fields__})


async def get_ledger(actor: Actor, project_id: UUID, limit: int, after: str | None) -> LedgerView:
    """The money of a project, entry by entry and in total."""
    row = await _find_row_for(actor, project_id)
    last = decode_id_cursor(after)
    rows = await fetch(
        "SELECT * FROM project_ledger WHERE project_id = $1 AND ($2::uuid IS NULL OR id > $2)"
        " ORDER BY id LIMIT $3",
        project_id,
        last,
        limit + 1,
    )
    sums = await fetch(
        "SELECT kind, sum(amount_fen)::bigint AS total FROM project_ledger"
        " WHERE project_id = $1 GROUP BY kind",
        project_id,
    )
    totals = {total["kind"]: total["total"] for total in sums}
    page = page_of(rows, limit, _view_ledger_entry, lambda entry: (entry["id"],))
    return LedgerView(
        items=page.items,
        next=page.next,
        budget_fen=row["budget_fen"],
        committed_fen=totals.get("committed", 0),
        paid_fen=totals.get("paid", 0),
        spent_fen=totals.get("spent", 0),
    )


def _view_ledger_entry(row: Any) -> LedgerEntryView:
    return LedgerEntryView(**{name: row[name] for name in LedgerEntryView.__struct_fields__})
