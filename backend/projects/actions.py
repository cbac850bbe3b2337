"""Writes of projects: starting one, and the two records that other rooms keep in it."""

from uuid import UUID

from backend.core import audit
from backend.core.access import Actor
from backend.core.columns import new_id
from backend.core.db import atomic, fetch, fetch_value
from backend.projects import rules
from backend.projects.types import EvidenceKind, MoneyKind, NewEvidence, NewProject, ProjectState


async def start_project(actor: Actor, new: NewProject) -> UUID:
    """Start the project of an award; a second one for the same award is refused."""
    async with atomic():
        project_id: UUID | None = await fetch_value(
            "INSERT INTO projects (id, place_code, need_id, organisation_id, title, summary,"
            " award_ref, budget_fen, policy_key, policy_version, state, starts_on, ends_on,"
            " created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
            " linli_now()) ON CONFLICT (award_ref) DO NOTHING RETURNING id",
            new_id(),
            new.place_code,
            new.need_id,
            new.organisation_id,
            new.title,
            new.summary,
            new.award_ref,
            new.budget_fen,
            new.policy_key,
            new.policy_version,
            ProjectState.RUNNING.value,
            new.starts_on,
            new.ends_on,
        )
        if project_id is None:
            raise rules.ProjectAlreadyStarted
        await audit.record(
            "start_project",
            actor,
            subject=("project", str(project_id)),
            place_code=new.place_code,
            facts={"award_ref": new.award_ref, "budget_fen": new.budget_fen},
        )
    return project_id


async def record_evidence(project_id: UUID, new: NewEvidence) -> None:
    """Record a fact that counts for a project; the same fact again changes nothing."""
    await fetch(
        "INSERT INTO evidence (id, project_id, kind, ref_kind, ref_id, quantity, unit, facts, at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, linli_now())"
        " ON CONFLICT (project_id, kind, ref_id) DO NOTHING",
        new_id(),
        project_id,
        EvidenceKind(new.kind).value,
        new.ref_kind,
        new.ref_id,
        new.quantity,
        new.unit,
        new.facts,
    )


async def record_money(
    project_id: UUID, kind: MoneyKind | str, amount_fen: int, reference: str, text: str
) -> None:
    """Book money of a project under a reference; the same booking again changes nothing."""
    async with atomic():
        booked = await fetch_value(
            "INSERT INTO project_ledger (id, project_id, kind, amount_fen, reference, text, at)"
            " VALUES ($1, $2, $3, $4, $5, $6, linli_now())"
            " ON CONFLICT (project_id, kind, reference) DO NOTHING RETURNING amount_fen",
            new_id(),
            project_id,
            MoneyKind(kind).value,
            amount_fen,
            reference,
            text,
        )
        if booked is None:
            booked = await fetch_value(
                "SELECT amount_fen FROM project_ledger"
                " WHERE project_id = $1 AND kind = $2 AND reference = $3",
                project_id,
                MoneyKind(kind).value,
                reference,
            )
            rules.admit_repeat(booked, amount_fen)
