"""Decisions of projects: how evidence adds up, and what may not be recorded twice."""

from collections.abc import Iterable

from backend.core.problems import Kind, Refusal
from backend.projects.types import EvidenceFacts, EvidenceKind, EvidenceTotal

_CAPACITY_OF_KIND = {EvidenceKind.HOURS_VOLUNTEER: "volunteer", EvidenceKind.HOURS_DUTY: "duty"}


class ProjectAlreadyStarted(Refusal):
    """One award starts one project."""

    kind = Kind.CONFLICT
    code = "project-already-started"
    zh = "该立项已经启动了项目，请在项目列表中查看。"
    en = "This award has started its project already; find it in the list of projects."
    constraint = "projects_award_once"


class LedgerReferenceTaken(Refusal):
    """A reference stands for one amount: the same again is a repeat, another amount a mistake."""

    kind = Kind.CONFLICT
    code = "ledger-reference-taken"
    zh = "该凭证号已以另一金额入账，请核对金额，或改用新的凭证号。"
    en = "This reference is booked with another amount; check the amount or use a new reference."


def total_evidence(facts: Iterable[EvidenceFacts]) -> list[EvidenceTotal]:
    """Add facts up by kind and unit, in the order in which the kinds first appear."""
    totals: dict[tuple[str, str], EvidenceTotal] = {}
    for fact in facts:
        key = (fact.kind, fact.unit)
        before = totals.get(key, EvidenceTotal(fact.kind, fact.unit, 0, 0))
        totals[key] = EvidenceTotal(
            fact.kind, fact.unit, before.quantity + fact.quantity, before.entries + 1
        )
    return list(totals.values())


def total_minutes(facts: Iterable[EvidenceFacts]) -> dict[str, int]:
    """Minutes by capacity (党工, 社工, 义工); an entry that names none counts by its ledger."""
    minutes: dict[str, int] = {}
    for fact in facts:
        ledger = _CAPACITY_OF_KIND.get(EvidenceKind(fact.kind))
        if ledger is None:
            continue
        for capacity, served in fact.minutes_by_capacity or ((ledger, fact.quantity),):
            minutes[capacity] = minutes.get(capacity, 0) + served
    return minutes


def admit_repeat(booked_fen: int, amount_fen: int) -> None:
    """Let the same booking pass a second time; refuse its reference with another amount."""
    if booked_fen != amount_fen:
        raise LedgerReferenceTaken(booked_fen=booked_fen)
