"""Writes of a review: the panel, and each reviewer's scores."""

from uuid import UUID

from backend.core import audit, clock
from backend.core.access import Actor, Permission, Role
from backend.core.columns import new_id
from backend.core.db import atomic, fetch, fetch_one
from backend.core.problems import NotFound
from backend.grants import queries, rules
from backend.grants.schemas import AssignPanel, PanelView, ScoreApplication, ScoreView
from backend.grants.types import ApplicationFacts, CallFacts
from backend.identity.queries import list_people_with_role
from backend.organisations.queries import list_staff_of


async def assign_panel(actor: Actor, call_id: UUID, order: AssignPanel) -> PanelView:
    """Assign the reviewers of a closed call, none of whom works for an applicant."""
    async with atomic():
        await queries.get_call_for(actor, call_id, Permission.RUN_CALLS)
        call = await queries.lock_call(call_id, "NO KEY UPDATE")
        rules.require_closed(call, await clock.now())
        if await queries.list_panel(call.id):
            raise rules.PanelAlreadyAssigned
        review = (await queries.get_terms(call)).grants.review
        rules.admit_panel(order.reviewer_ids, await _list_reviewers(call), review)
        applicants = await queries.list_applicants(call.id)
        rules.require_no_staff(order.reviewer_ids, await list_staff_of(applicants), review)
        await fetch(
            "INSERT INTO panel_members (id, call_id, seat, person_id)"
            " SELECT m.id, $1, m.seat, m.person_id FROM unnest($2::uuid[], $3::int[], $4::uuid[])"
            " AS m (id, seat, person_id)",
            call.id,
            [new_id() for _ in order.reviewer_ids],
            list(range(1, len(order.reviewer_ids) + 1)),
            order.reviewer_ids,
        )
        await audit.record(
            "assign_panel",
            actor,
            subject=("call", str(call.id)),
            place_code=call.place_code,
            facts={"reviewers": [str(person) for person in order.reviewer_ids]},
        )
    return PanelView(call.id, order.reviewer_ids)


async def _list_reviewers(call: CallFacts) -> set[UUID]:
    """The reviewers (评审专家) of the call's place and of those above it."""
    codes = call.path.strip("/").split("/")
    return {person for code in codes for person in await list_people_with_role(Role.REVIEWER, code)}


async def score_application(
    actor: Actor, application_id: UUID, order: ScoreApplication
) -> ScoreView:
    """Score a submitted application once, as a reviewer of its call's panel."""
    async with atomic():
        application = await queries.get_application(application_id)
        call = await queries.lock_call(application.call_id, "SHARE")
        if application.submitted_at is None or not actor.may(
            Permission.SCORE_APPLICATIONS, call.path
        ):
            raise NotFound
        rules.require_closed(call, await clock.now())
        rules.require_on_panel(actor.person_id, await queries.list_panel(call.id))
        review = (await queries.get_terms(call)).grants.review
        staff = await list_staff_of([application.organisation_id])
        rules.require_no_staff([actor.person_id], staff, review)
        total = rules.score_points(order.points, review)
        score = await _write_score(actor, application, order, total)
        await audit.record(
            "score_application",
            actor,
            subject=("application", str(application.id)),
            place_code=call.place_code,
            facts={"total": total},
        )
    return score


async def _write_score(
    actor: Actor, application: ApplicationFacts, order: ScoreApplication, total: int
) -> ScoreView:
    row = await fetch_one(
        "INSERT INTO scores (id, application_id, reviewer_id, points, total, comment, at)"
        " VALUES ($1, $2, $3, $4, $5, $6, linli_now())"
        " ON CONFLICT (application_id, reviewer_id) DO NOTHING RETURNING id, at",
        new_id(),
        application.id,
        actor.person_id,
        order.points,
        total,
        order.comment,
    )
    if row is None:
        raise rules.AlreadyScored
    return ScoreView(row["id"], application.id, order.points, total, row["at"])
