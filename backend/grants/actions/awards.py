"""The award: money committed, project started, need answered, all of it or nothing."""

from dataclasses import dataclass
from uuid import UUID

from backend.core import audit, clock
from backend.core.access import Actor, Permission
from backend.core.columns import new_id
from backend.core.db import atomic, fetch_value
from backend.grants import queries, rules
from backend.grants.actions.funds import commit_money
from backend.grants.schemas import AwardGrant, AwardView
from backend.grants.types import CallFacts, Choice, FundFacts, FundHead, Ranked
from backend.needs.actions import mark_answered, record_step
from backend.needs.queries import find_step, get_need
from backend.needs.types import NewStep, Step
from backend.policies.queries import get_pack
from backend.projects.actions import record_evidence, record_money, start_project
from backend.projects.types import EvidenceKind, MoneyKind, NewEvidence, NewProject
from backend.publications.actions import publish
from backend.publications.types import NewPublication, PublicationKind


@dataclass(frozen=True, slots=True)
class _Award:
    """An admitted award on its way into the records; `place_code` is the need's."""

    id: UUID
    call: CallFacts
    ranked: Ranked
    choice: Choice
    fund: FundFacts
    place_code: str


async def award_grant(actor: Actor, call_id: UUID, order: AwardGrant) -> AwardView:
    """Award the call: one application, within request, cap and the fund's balance."""
    async with atomic():
        await queries.get_call_for(actor, call_id, Permission.RUN_CALLS)
        call = await queries.lock_call(call_id, "NO KEY UPDATE")
        rules.require_closed(call, await clock.now())
        choice = Choice(order.application_id, order.amount_fen, order.reason)
        ranked = rules.admit_award(call, await queries.get_ranking(call), choice)
        fund = await queries.get_fund(call.fund_id)
        place_code = (await get_need(call.need_id)).place_code if call.need_id else call.place_code
        award = _Award(new_id(), call, ranked, choice, fund, place_code)
        head = await commit_money(
            actor,
            fund.id,
            choice.amount_fen,
            reference=str(award.id),
            text=ranked.candidate.title,
        )
        publication_id = await _publish(actor, award)
        project_id = await _start_project(actor, award)
        await _tell_need(actor, award, project_id)
        return await _record_award(actor, award, head, publication_id, project_id)


async def _publish(actor: Actor, award: _Award) -> UUID:
    """公示: the award with score, rank, sum, and the reason if another was first."""
    pack = await get_pack(award.call.policy_key, award.call.policy_version)
    words = rules.award_words(award.call, award.ranked, award.choice, award.fund.name)
    return await publish(
        actor,
        NewPublication(
            place_code=award.place_code,
            kind=PublicationKind.AWARD,
            title=f"立项公示：{award.call.title}"[:200],
            text=words.zh,
            facts={
                "call_id": str(award.call.id),
                "application_id": str(award.choice.application_id),
                "organisation_id": str(award.ranked.candidate.organisation_id),
                "amount_fen": award.choice.amount_fen,
                "rank": award.ranked.rank,
                "total": award.ranked.total,
                "text_en": words.en,
            },
            subject_kind="award",
            subject_id=str(award.id),
            days=rules.award_publication_days(pack.publications),
        ),
    )


async def _start_project(actor: Actor, award: _Award) -> UUID:
    """The project of the award, with the money committed to it in ledger and evidence."""
    call, amount_fen = award.call, award.choice.amount_fen
    application = await queries.get_application(award.choice.application_id)
    project_id = await start_project(
        actor,
        NewProject(
            place_code=award.place_code,
            need_id=call.need_id,
            organisation_id=application.organisation_id,
            title=application.title,
            summary=application.plan,
            award_ref=str(award.id),
            budget_fen=amount_fen,
            policy_key=call.policy_key,
            policy_version=call.policy_version,
            starts_on=application.starts_on,
            ends_on=application.ends_on,
        ),
    )
    await record_money(
        project_id, MoneyKind.COMMITTED, amount_fen, str(award.id), f"立项：{call.title}"
    )
    money = NewEvidence(EvidenceKind.MONEY, "award", str(award.id), amount_fen, "fen")
    await record_evidence(project_id, money)
    return project_id


async def _tell_need(actor: Actor, award: _Award, project_id: UUID) -> None:
    """The need is answered by the project; the project counts need and decision as evidence."""
    need_id = award.call.need_id
    if need_id is None:
        return
    need = NewEvidence(EvidenceKind.NEED, "need", str(need_id), 1, "need")
    await record_evidence(project_id, need)
    decided = await find_step(need_id, Step.DECIDED)
    if decided is not None:
        await record_evidence(
            project_id, NewEvidence(EvidenceKind.DECISION, *decided, 1, "decision")
        )
    words = rules.award_words(award.call, award.ranked, award.choice, award.fund.name)
    await record_step(
        actor, need_id, NewStep(Step.AWARDED, "award", str(award.id), words.zh, words.en)
    )
    words = rules.started_words(award.ranked)
    await record_step(
        actor,
        need_id,
        NewStep(Step.PROJECT_STARTED, "project", str(project_id), words.zh, words.en),
    )
    await mark_answered(actor, need_id, "project", str(project_id))


async def _record_award(
    actor: Actor, award: _Award, head: FundHead, publication_id: UUID, project_id: UUID
) -> AwardView:
    choice, candidate = award.choice, award.ranked.candidate
    awarded_at = await fetch_value(
        "INSERT INTO awards (id, call_id, application_id, amount_fen, reason, publication_id,"
        " project_id, awarded_by, awarded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, linli_now())"
        " RETURNING awarded_at",
        award.id,
        award.call.id,
        choice.application_id,
        choice.amount_fen,
        choice.reason,
        publication_id,
        project_id,
        actor.account_id,
    )
    await audit.record(
        "award_grant",
        actor,
        subject=("award", str(award.id)),
        place_code=award.place_code,
        facts={
            "call_id": str(award.call.id),
            "amount_fen": choice.amount_fen,
            "rank": award.ranked.rank,
        },
    )
    return AwardView(
        id=award.id,
        call_id=award.call.id,
        application_id=choice.application_id,
        organisation_id=candidate.organisation_id,
        amount_fen=choice.amount_fen,
        rank=award.ranked.rank,
        total=award.ranked.total,
        reason=choice.reason,
        publication_id=publication_id,
        project_id=project_id,
        fund_id=award.fund.id,
        fund_balance_fen=head.balance_fen,
        awarded_at=awarded_at,
    )
