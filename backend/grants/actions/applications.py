"""Writes of applications: drafted, revised as often as you like, submitted once."""

from collections.abc import Sequence
from uuid import UUID

from backend.core import audit, clock
from backend.core.access import Actor
from backend.core.columns import new_id
from backend.core.db import atomic, fetch, fetch_value
from backend.core.problems import NotFound
from backend.grants import queries, rules
from backend.grants.schemas import (
    ApplicationView,
    DraftApplication,
    ReviseApplication,
    WrittenLine,
)
from backend.grants.types import ApplicationFacts, CallFacts
from backend.organisations.queries import list_managed


async def draft_application(
    actor: Actor, call_id: UUID, order: DraftApplication
) -> ApplicationView:
    """Start an application in the name of an organisation that the actor manages.

    The draft is kept whatever its budget says; its findings come back with it.
    """
    async with atomic():
        call = await _lock_call_for(actor, call_id)
        if order.organisation_id not in await list_managed(actor.person_id):
            raise NotFound
        at = await clock.now()
        rules.require_open(call, at)
        rules.admit_days(order.starts_on, order.ends_on)
        application_id: UUID | None = await fetch_value(
            "INSERT INTO applications (id, call_id, organisation_id, title, plan, starts_on,"
            " ends_on, created_by, created_at, updated_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)"
            " ON CONFLICT (call_id, organisation_id) DO NOTHING RETURNING id",
            new_id(),
            call.id,
            order.organisation_id,
            order.title,
            order.plan,
            order.starts_on,
            order.ends_on,
            actor.account_id,
            at,
        )
        if application_id is None:
            raise rules.AlreadyApplied
        await _write_lines(application_id, order.budget_lines)
        await _record("draft_application", actor, application_id, call)
        return await queries.view_application(actor, application_id)


async def revise_application(
    actor: Actor, application_id: UUID, order: ReviseApplication
) -> ApplicationView:
    """Write a draft anew while the call is open."""
    async with atomic():
        application, call = await _lock_draft(actor, application_id)
        rules.admit_days(order.starts_on, order.ends_on)
        await fetch(
            "UPDATE applications SET title = $2, plan = $3, starts_on = $4, ends_on = $5,"
            " updated_at = linli_now() WHERE id = $1",
            application.id,
            order.title,
            order.plan,
            order.starts_on,
            order.ends_on,
        )
        await fetch("DELETE FROM budget_lines WHERE application_id = $1", application.id)
        await _write_lines(application.id, order.budget_lines)
        await _record("revise_application", actor, application.id, call)
        return await queries.view_application(actor, application.id)


async def submit_application(actor: Actor, application_id: UUID) -> ApplicationView:
    """Submit a draft with which nothing is wrong; from then on it stands as it is."""
    async with atomic():
        application, call = await _lock_draft(actor, application_id)
        lines = await queries.list_lines(application.id)
        findings = rules.decide_findings(lines, await queries.get_terms(call))
        rules.require_complete(findings, queries.view_findings(findings))
        await fetch(
            "UPDATE applications SET submitted_at = linli_now(), updated_at = linli_now()"
            " WHERE id = $1",
            application.id,
        )
        await _record("submit_application", actor, application.id, call)
        return await queries.view_application(actor, application.id)


async def _lock_call_for(actor: Actor, call_id: UUID) -> CallFacts:
    """A call to which the actor may apply: of a place that she belongs to."""
    call = await queries.lock_call(call_id, "SHARE")
    if not actor.belongs_to(call.path):
        raise NotFound
    return call


async def _lock_draft(actor: Actor, application_id: UUID) -> tuple[ApplicationFacts, CallFacts]:
    """A draft of an organisation that the actor manages, while its call is open."""
    application = await queries.lock_application_for(actor, application_id)
    call = await queries.lock_call(application.call_id, "SHARE")
    rules.require_draft(application.submitted_at)
    rules.require_open(call, await clock.now())
    return application, call


async def _write_lines(application_id: UUID, lines: Sequence[WrittenLine]) -> None:
    await fetch(
        "INSERT INTO budget_lines (id, application_id, number, cost_line, item, amount_fen)"
        " SELECT l.id, $1, l.number, l.cost_line, l.item, l.amount_fen FROM unnest($2::uuid[],"
        " $3::int[], $4::text[], $5::text[], $6::bigint[])"
        " AS l (id, number, cost_line, item, amount_fen)",
        application_id,
        [new_id() for _ in lines],
        list(range(1, len(lines) + 1)),
        [line.cost_line for line in lines],
        [line.item for line in lines],
        [line.amount_fen for line in lines],
    )


async def _record(event: str, actor: Actor, application_id: UUID, call: CallFacts) -> None:
    await audit.record(
        event,
        actor,
        subject=("application", str(application_id)),
        place_code=call.place_code,
        facts={"call_id": str(call.id)},
    )
