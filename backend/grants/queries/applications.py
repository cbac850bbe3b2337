"""Reads of applications: a draft is its organisation's own, the rest the street and panel read."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.core.access import Actor, Permission
from backend.core.db import fetch, fetch_one
from backend.core.paging import decode_id_cursor, page_of
from backend.core.problems import NotFound
from backend.core.wire import Page
from backend.grants import rules
from backend.grants.queries.calls import get_call, get_terms
from backend.grants.schemas import (
    ApplicationItem,
    ApplicationView,
    BasisView,
    BudgetLineView,
    ChecklistView,
    FindingView,
)
from backend.grants.types import ApplicationFacts, ApplicationState, CallFacts, Finding, Line
from backend.organisations.queries import list_managed

_APPLICATION = """
SELECT a.*, o.name AS organisation_name,
       (SELECT coalesce(sum(b.amount_fen), 0)::bigint FROM budget_lines b
         WHERE b.application_id = a.id) AS requested_fen
  FROM applications a JOIN organisations o ON o.id = a.organisation_id
"""


def _facts(row: Any) -> ApplicationFacts:
    return ApplicationFacts(**{name: row[name] for name in ApplicationFacts.__dataclass_fields__})


async def get_application(application_id: UUID) -> ApplicationFacts:
    """An application by its id; not found if there is none."""
    row = await fetch_one(_APPLICATION + " WHERE a.id = $1", application_id)
    if row is None:
        raise NotFound
    return _facts(row)


async def lock_application_for(actor: Actor, application_id: UUID) -> ApplicationFacts:
    """An application of an organisation that the actor manages, locked; any other is not found."""
    await fetch("SELECT 1 FROM applications WHERE id = $1 FOR NO KEY UPDATE", application_id)
    application = await get_application(application_id)
    if application.organisation_id not in await list_managed(actor.person_id):
        raise NotFound
    return application


async def get_application_for(
    actor: Actor, application_id: UUID
) -> tuple[ApplicationFacts, CallFacts]:
    """An application that the actor may read, with its call; any other is not found.

    A draft is its organisation's own; the street and the panel read what was submitted.
    """
    application = await get_application(application_id)
    call = await get_call(application.call_id)
    if application.organisation_id not in await list_managed(actor.person_id) and not (
        application.submitted_at and await _judges(actor, call)
    ):
        raise NotFound
    return application, call


async def _judges(actor: Actor, call: CallFacts) -> bool:
    """Whether the actor runs the call or sits on its panel."""
    if actor.may(Permission.RUN_CALLS, call.path):
        return True
    scores = actor.may(Permission.SCORE_APPLICATIONS, call.path)
    return scores and actor.person_id in await list_panel(call.id)


async def list_panel(call_id: UUID) -> list[UUID]:
    """The reviewers of a call, in the order of their seats."""
    rows = await fetch(
        "SELECT person_id FROM panel_members WHERE call_id = $1 ORDER BY seat", call_id
    )
    return [row["person_id"] for row in rows]


async def list_applicants(call_id: UUID) -> list[UUID]:
    """The organisations whose applications to a call were submitted."""
    rows = await fetch(
        "SELECT organisation_id FROM applications WHERE call_id = $1 AND submitted_at IS NOT NULL",
        call_id,
    )
    return [row["organisation_id"] for row in rows]


async def list_lines(application_id: UUID) -> list[Line]:
    """The budget of an application, line by line."""
    rows = await fetch(
        "SELECT number, cost_line, item, amount_fen FROM budget_lines"
        " WHERE application_id = $1 ORDER BY number",
        application_id,
    )
    return [Line(**dict(row)) for row in rows]


async def view_application(actor: Actor, application_id: UUID) -> ApplicationView:
    """An application with its budget and its findings, for those who may read it."""
    application, call = await get_application_for(actor, application_id)
    lines = await list_lines(application.id)
    item = _view_item(application)
    return ApplicationView(
        **{name: getattr(item, name) for name in item.__struct_fields__},
        plan=application.plan,
        starts_on=application.starts_on,
        ends_on=application.ends_on,
        budget_lines=[
            BudgetLineView(line.number, line.cost_line, line.item, line.amount_fen)
            for line in lines
        ],
        findings=view_findings(rules.decide_findings(lines, await get_terms(call))),
    )


async def view_checklist(actor: Actor, application_id: UUID) -> ChecklistView:
    """What is still to be mended in an application, line by line."""
    application, call = await get_application_for(actor, application_id)
    findings = rules.decide_findings(await list_lines(application.id), await get_terms(call))
    return ChecklistView(application.id, not findings, view_findings(findings))


def view_findings(findings: Sequence[Finding]) -> list[FindingView]:
    """Findings as applicants read them."""
    return [
        FindingView(
            code=finding.code,
            line=finding.line,
            amount_fen=finding.amount_fen,
            limit_fen=finding.limit_fen,
            basis=BasisView(
                parameter=finding.basis.parameter,
                source=finding.basis.source,
                clause=finding.basis.clause,
                zh=finding.basis.words.zh,
                en=finding.basis.words.en,
            ),
            zh=finding.words.zh,
            en=finding.words.en,
        )
        for finding in findings
    ]


async def list_applications(
    actor: Actor, call_id: UUID, limit: int, after: str | None
) -> Page[ApplicationItem]:
    """The applications to a call that the actor may read, in the order of their drafts."""
    call = await get_call(call_id)
    last = decode_id_cursor(after)
    rows = await fetch(
        _APPLICATION + " WHERE a.call_id = $1 AND (a.organisation_id = ANY($2)"
        " OR ($3 AND a.submitted_at IS NOT NULL)) AND ($4::uuid IS NULL OR a.id > $4)"
        " ORDER BY a.id LIMIT $5",
        call.id,
        await list_managed(actor.person_id),
        await _judges(actor, call),
        last,
        limit + 1,
    )
    return page_of(rows, limit, lambda row: _view_item(_facts(row)), lambda row: (row["id"],))


def _view_item(application: ApplicationFacts) -> ApplicationItem:
    drafted = application.submitted_at is None
    return ApplicationItem(
        id=application.id,
        call_id=application.call_id,
        organisation_id=application.organisation_id,
        organisation_name=application.organisation_name,
        title=application.title,
        state=ApplicationState.DRAFT if drafted else ApplicationState.SUBMITTED,
        requested_fen=application.requested_fen,
        submitted_at=application.submitted_at,
    )
