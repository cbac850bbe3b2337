"""Writes of needs: a need is raised, something becomes of it, it is answered."""

from collections.abc import Sequence
from uuid import UUID

from backend.community.queries import is_resident
from backend.core import audit, clock, outbox
from backend.core.access import Actor, Permission
from backend.core.columns import new_id
from backend.core.db import atomic, fetch, fetch_one
from backend.core.problems import NotFound
from backend.needs import queries, rules
from backend.needs.schemas import HearNeed, NeedView
from backend.needs.types import NeedState, NewNeed, NewStep, SourceKind, Step
from backend.notices.actions import tell
from backend.notices.types import NewNotice
from backend.places.queries import get_place_for

RECORD_STEP_REFUSES = (rules.NeedNotAnswered, rules.NeedDeclined)
"""What doors that move a need may answer."""

TOLD_AT_ONCE = 500
"""How many inboxes one statement fills."""


async def hear_need(actor: Actor, place_code: str, order: HearNeed, language: str) -> NeedView:
    """Raise a need that staff heard on a visit, at a meeting or in a suggestion."""
    async with atomic():
        place = await get_place_for(actor, place_code, Permission.KEEP_NEEDS)
        residents = [one for one in order.voiced_by if await is_resident(one, place.code)]
        rules.require_residents(order.voiced_by, residents)
        new = NewNeed(
            place_code=place.code,
            category=order.category,
            client_group=order.client_group,
            title=order.title,
            detail=order.detail,
            urgency=order.urgency,
            affected_count=order.affected_count,
            source_kind=SourceKind(order.source_kind),
            source_ref=order.source_ref,
        )
        need_id = await raise_need(actor, new, order.voiced_by)
        return await queries.view_need(actor, need_id, language)


async def raise_need(actor: Actor, new: NewNeed, voices: Sequence[UUID]) -> UUID:
    """Enter a need and who named it into the ledger, in the caller's transaction.

    The caller has asked whether the actor may. Each voice is told at every later step and is
    listed nowhere.
    """
    need_id, people = new_id(), sorted(set(voices))
    async with atomic():
        await fetch(
            "INSERT INTO needs (id, place_code, category, client_group, title, detail, urgency,"
            " affected_count, source_kind, source_ref, state, raised_by, raised_at)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            need_id,
            new.place_code,
            new.category,
            new.client_group,
            new.title,
            new.detail,
            new.urgency,
            new.affected_count,
            new.source_kind,
            new.source_ref,
            NeedState.RAISED,
            actor.account_id,
            await clock.now(),
        )
        await fetch(
            "INSERT INTO need_voices (id, need_id, person_id)"
            " SELECT v.id, $2, v.person FROM unnest($1::uuid[], $3::uuid[]) AS v (id, person)",
            [new_id() for _ in people],
            need_id,
            people,
        )
        await audit.record(
            "raise_need",
            actor,
            subject=("need", str(need_id)),
            place_code=new.place_code,
            facts={"category": new.category, "source": new.source_kind, "voices": len(people)},
        )
    return need_id


async def record_step(actor: Actor | None, need_id: UUID, new: NewStep) -> None:
    """Write down what became of a need and tell its voices, in the caller's transaction.

    The same step with the same link is written once and told once. Refuses a step out of order;
    `actor` None is the system.
    """
    async with atomic():
        need = await _lock_need(need_id)
        step_id = await _write_step(actor, need_id, new)
        if step_id is None:
            return
        state = rules.decide_state(NeedState(need["state"]), new.step)
        if state != need["state"]:
            await fetch("UPDATE needs SET state = $2 WHERE id = $1", need_id, state)
        await outbox.enqueue(
            "tell_need_voices",
            {"need_id": str(need_id), "step_id": str(step_id)},
            tag=f"tell_need_voices:{step_id}",
        )
        await audit.record(
            "record_step",
            actor,
            subject=("need", str(need_id)),
            place_code=need["place_code"],
            facts={"step": new.step, "ref": f"{new.ref_kind}:{new.ref_id}", "state": state},
        )


async def mark_answered(actor: Actor | None, need_id: UUID, kind: str, ref_id: str) -> None:
    """A need has its concrete answer (SS-04): `kind` and `ref_id` name what answers it."""
    need = await queries.get_need(need_id)
    await record_step(actor, need_id, rules.answered_step(need.title, kind, str(ref_id)))


async def _lock_need(need_id: UUID) -> dict[str, str]:
    """The need's row, so that two rooms move it one after the other."""
    row = await fetch_one(
        "SELECT state, place_code FROM needs WHERE id = $1 FOR NO KEY UPDATE", need_id
    )
    if row is None:
        raise NotFound
    return dict(row)


async def _write_step(actor: Actor | None, need_id: UUID, new: NewStep) -> UUID | None:
    """The id of the new step; None where this step with this link stands already."""
    step_id = new_id()
    row = await fetch_one(
        "INSERT INTO need_steps (id, need_id, step, ref_kind, ref_id, text_zh, text_en, at, by)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, linli_now(), $8)"
        " ON CONFLICT (need_id, step, ref_id) DO NOTHING RETURNING 1",
        step_id,
        need_id,
        new.step,
        new.ref_kind,
        new.ref_id,
        new.text_zh,
        new.text_en,
        actor.account_id if actor else None,
    )
    return step_id if row else None


async def tell_voices(need_id: UUID, step_id: UUID) -> None:
    """Tell everybody who named a need about one of its steps, a chunk at a time.

    Telling again adds nothing: the tag names need, step and link.
    """
    row = await fetch_one(
        "SELECT n.title, n.source_kind, s.step, s.ref_id, s.text_zh, s.text_en FROM need_steps s"
        " JOIN needs n ON n.id = s.need_id WHERE s.id = $2 AND n.id = $1",
        need_id,
        step_id,
    )
    if row is None:
        raise NotFound
    step = Step(row["step"])
    message = rules.message_of(
        row["title"], SourceKind(row["source_kind"]), step, row["text_zh"], row["text_en"]
    )
    notice = NewNotice(
        topic=f"need.{step}",
        subject_kind="need",
        subject_id=str(need_id),
        title_zh=message.title_zh,
        title_en=message.title_en,
        text_zh=message.text_zh,
        text_en=message.text_en,
        tag=f"need:{need_id}:{step}:{row['ref_id']}",
    )
    voices = await queries.list_voices(need_id)
    for start in range(0, len(voices), TOLD_AT_ONCE):
        await tell(voices[start : start + TOLD_AT_ONCE], notice)
