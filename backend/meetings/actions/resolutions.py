"""Adopting a resolution: recorded, published, and told to those who named the need."""

from typing import Any
from uuid import UUID

import msgspec

from backend.core import audit, clock
from backend.core.access import Actor, Permission
from backend.core.columns import new_id
from backend.core.db import atomic, fetch_one
from backend.meetings import queries, rules
from backend.meetings.schemas import AdoptResolution, ResolutionView
from backend.meetings.types import Decided, MeetingFacts
from backend.needs.actions import record_step
from backend.needs.types import NewStep, Step
from backend.polls.queries import ResultView, get_motion_facts, list_results
from backend.publications.actions import publish
from backend.publications.types import NewPublication, PublicationKind


async def adopt_resolution(
    actor: Actor, meeting_id: UUID, order: AdoptResolution
) -> ResolutionView:
    """Record the decision on a motion that passed, publish it, and tell the need's voices."""
    async with atomic():
        meeting = await queries.get_meeting_for(actor, meeting_id, Permission.CONVENE_MEETINGS)
        need_id = await queries.find_need_of_motion(meeting_id, order.motion_id)
        at = await clock.now()
        motion = await get_motion_facts(order.motion_id)
        rules.require_passed(motion.outcome)
        rules.require_due(order.due_at, at)
        (result,) = await list_results([motion.id])
        resolution_id = new_id()
        days = rules.publish_days(motion.publish_min_days)
        publication_id = await publish(
            actor, _publication(meeting, resolution_id, order, result, days)
        )
        row = await _store(
            meeting,
            order,
            result,
            resolution_id=resolution_id,
            need_id=need_id,
            publication_id=publication_id,
        )
        if need_id is not None:
            await record_step(actor, need_id, _decided(resolution_id, order, result))
        await audit.record(
            "adopt_resolution",
            actor,
            subject=("resolution", str(resolution_id)),
            place_code=meeting.place_code,
            facts={
                "motion_id": str(motion.id),
                "publication_id": str(publication_id),
                "days": days,
                "way": {"kind": order.way_kind, "ref": order.way_ref},
            },
        )
    return queries.view_resolution(row)


async def _store(
    meeting: MeetingFacts,
    order: AdoptResolution,
    result: ResultView,
    *,
    resolution_id: UUID,
    need_id: UUID | None,
    publication_id: UUID,
) -> Any:
    return await fetch_one(
        "INSERT INTO resolutions (id, place_code, meeting_id, motion_id, need_id, title, text,"
        " way_kind, way_ref, responsible, due_at, decided_at, publication_id)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING *",
        resolution_id,
        meeting.place_code,
        meeting.id,
        order.motion_id,
        need_id,
        result.title,
        order.text,
        order.way_kind,
        order.way_ref,
        order.responsible,
        order.due_at,
        result.closed_at,
        publication_id,
    )


def _publication(
    meeting: MeetingFacts,
    resolution_id: UUID,
    order: AdoptResolution,
    result: ResultView,
    days: int,
) -> NewPublication:
    """The public record: the words, and the figures clause by clause."""
    facts = {
        "meeting_id": str(meeting.id),
        "result": msgspec.to_builtins(result),
        "way": {"kind": order.way_kind.value, "ref": order.way_ref},
        "due_at": msgspec.to_builtins(order.due_at),
    }
    return NewPublication(
        place_code=meeting.place_code,
        kind=PublicationKind.DECISION,
        title=result.title,
        text=rules.resolution_words(
            _basis(meeting, result),
            order.text,
            order.way_kind,
            responsible=order.responsible,
            due_on=queries.local_day(order.due_at, meeting.zone),
        ),
        facts=facts,
        subject_kind="resolution",
        subject_id=str(resolution_id),
        days=days,
    )


def _basis(meeting: MeetingFacts, result: ResultView) -> Decided:
    counts = result.counts
    return Decided(
        meeting_title=meeting.title,
        question=result.question,
        eligible=counts.eligible.heads,
        present=counts.present.heads,
        yes=counts.yes.heads,
        no=counts.no.heads,
        abstain=counts.abstain.heads,
    )


def _decided(resolution_id: UUID, order: AdoptResolution, result: ResultView) -> NewStep:
    zh, en = rules.step_words(result.title, order.way_kind)
    return NewStep(Step.DECIDED, "resolution", str(resolution_id), zh, en)
