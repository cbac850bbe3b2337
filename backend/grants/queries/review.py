"""Reads of a review: who ranks where; the street alone sees it before the award."""

from uuid import UUID

from backend.core.access import Actor, Permission
from backend.core.db import fetch
from backend.grants import rules
from backend.grants.queries.calls import get_call_for, get_terms
from backend.grants.schemas import RankedView, RankingView
from backend.grants.types import CallFacts, Candidate, Ranking
from backend.organisations.types import OrganisationKind

_CANDIDATES = """
SELECT a.id, a.organisation_id, o.name, o.kind, a.title, a.submitted_at,
       (SELECT sum(b.amount_fen)::bigint FROM budget_lines b
         WHERE b.application_id = a.id) AS requested_fen,
       ARRAY(SELECT s.total FROM scores s WHERE s.application_id = a.id) AS totals
  FROM applications a JOIN organisations o ON o.id = a.organisation_id
 WHERE a.call_id = $1 AND a.submitted_at IS NOT NULL
"""


async def list_candidates(call_id: UUID) -> list[Candidate]:
    """The submitted applications of a call with the totals that their reviewers gave."""
    return [
        Candidate(
            application_id=row["id"],
            organisation_id=row["organisation_id"],
            organisation_name=row["name"],
            title=row["title"],
            requested_fen=row["requested_fen"],
            submitted_at=row["submitted_at"],
            totals=tuple(row["totals"]),
            factors=rules.factors_of(OrganisationKind(row["kind"])),
        )
        for row in await fetch(_CANDIDATES, call_id)
    ]


async def get_ranking(call: CallFacts) -> Ranking:
    """The order of a call's applications by the pack that it pins."""
    review = (await get_terms(call)).grants.review
    return rules.rank_candidates(await list_candidates(call.id), review)


async def view_ranking(actor: Actor, call_id: UUID) -> RankingView:
    """The order as the street sees it, with what broke each tie."""
    call = await get_call_for(actor, call_id, Permission.RUN_CALLS)
    ranking = await get_ranking(call)
    return RankingView(
        call_id=call.id,
        complete=ranking.is_complete,
        panel_size=ranking.panel_size,
        missing_scores=ranking.missing_scores,
        items=[
            RankedView(
                rank=ranked.rank,
                application_id=ranked.candidate.application_id,
                organisation_id=ranked.candidate.organisation_id,
                organisation_name=ranked.candidate.organisation_name,
                title=ranked.candidate.title,
                requested_fen=ranked.candidate.requested_fen,
                total=ranked.total,
                scores=len(ranked.candidate.totals),
                tie_broken_by=ranked.tie_broken_by,
            )
            for ranked in ranking.items
        ],
    )
