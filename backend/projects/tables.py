"""Tables of projects: what the money pays for, its ledger, its evidence."""

from piccolo.columns import JSONB, BigInt, Date
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from backend.core.columns import key, moment, place, refers_to, text, word


class Project(Table, tablename="projects"):
    """A service project (项目) at a place, run by an organisation for a need."""

    id = key()
    place_code = place()
    need_id = refers_to("Need", null=True, index=True)
    organisation_id = refers_to("Organisation", index=True)
    title = word(200)
    summary = text()
    award_ref = word(60)
    budget_fen = BigInt(default=None)
    policy_key = word(60)
    policy_version = word(20)
    state = word(20)
    starts_on = Date(default=None)
    ends_on = Date(default=None)
    created_at = moment()

    projects_award_once = Unique([award_ref])
    projects_state = Check("state IN ('running','completed','suspended','terminated')")
    projects_budget = Check("budget_fen > 0")
    projects_period = Check("ends_on > starts_on")


class Evidence(Table, tablename="evidence"):
    """A fact from another room that counts for a project (佐证); append-only."""

    id = key()
    project_id = refers_to("Project", index=True)
    kind = word(30)
    ref_kind = word(30)
    ref_id = word(60)
    quantity = BigInt(default=None)
    unit = word(20)
    facts = JSONB(default="{}")
    at = moment()

    evidence_once = Unique([project_id, kind, ref_id])
    evidence_quantity = Check("quantity >= 0")


class LedgerEntry(Table, tablename="project_ledger"):
    """Money of a project in fen: committed, paid, spent; append-only."""

    id = key()
    project_id = refers_to("Project", index=True)
    kind = word(20)
    amount_fen = BigInt(default=None)
    reference = word(60)
    text = text()
    at = moment()

    project_ledger_once = Unique([project_id, kind, reference])
    project_ledger_kind = Check("kind IN ('committed','paid','spent')")
    project_ledger_amount = Check("amount_fen > 0")
