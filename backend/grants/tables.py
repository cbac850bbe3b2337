"""Tables of grants: funds, calls, applications with budget lines, scores, awards."""

from piccolo.columns import JSONB, BigInt, Date, Integer
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from backend.core.columns import key, moment, place, refers_to, text, word


class Fund(Table, tablename="funds"):
    """A special fund (专项基金) of a place; its balance is the sum of its entries."""

    id = key()
    place_code = place()
    name = word(120)
    created_at = moment()

    funds_name_once = Unique([place_code, name])


class FundEntry(Table, tablename="fund_entries"):
    """Money into a fund (contribution, positive) or committed from it (negative), in fen.

    Entries of a fund are numbered without a gap and carry the balance after them, so that two
    commitments at once cannot both take the last yuan.
    """

    id = key()
    fund_id = refers_to("Fund", index=True)
    number = Integer(default=None)
    kind = word(20)
    amount_fen = BigInt(default=None)
    balance_fen = BigInt(default=None)
    reference = word(60)
    text = text()
    at = moment()
    by = refers_to("Account", null=True)

    fund_entries_once = Unique([fund_id, kind, reference])
    fund_entries_number_once = Unique([fund_id, number])
    fund_entries_balance = Check("balance_fen >= 0")
    fund_entries_sign = Check(
        "(kind = 'contribution' AND amount_fen > 0) OR (kind = 'commitment' AND amount_fen < 0)"
    )


class Call(Table, tablename="calls"):
    """A micro-venture call (征集) on a need under a pinned policy pack."""

    id = key()
    place_code = place()
    fund_id = refers_to("Fund", index=True)
    need_id = refers_to("Need", null=True, index=True)
    policy_key = word(60)
    policy_version = word(20)
    title = word(200)
    cap_fen = BigInt(default=None)
    opens_at = moment()
    closes_at = moment()
    created_by = refers_to("Account")
    created_at = moment()

    calls_period = Check("closes_at > opens_at")
    calls_cap = Check("cap_fen > 0")


class PanelMember(Table, tablename="panel_members"):
    """A reviewer assigned to a call; seats are numbered, so that there is one panel a call."""

    id = key()
    call_id = refers_to("Call")
    seat = Integer(default=None)
    person_id = refers_to("Person", index=True)

    panel_members_once = Unique([call_id, person_id])
    panel_members_seat_once = Unique([call_id, seat])


class Application(Table, tablename="applications"):
    """An organisation's application (申报) to a call; a draft until submitted."""

    id = key()
    call_id = refers_to("Call")
    organisation_id = refers_to("Organisation", index=True)
    title = word(200)
    plan = text()
    starts_on = Date(default=None)
    ends_on = Date(default=None)
    submitted_at = moment(null=True)
    created_by = refers_to("Account")
    created_at = moment()
    updated_at = moment()

    applications_once = Unique([call_id, organisation_id])
    applications_period = Check("ends_on > starts_on")


class BudgetLine(Table, tablename="budget_lines"):
    """One line of an application's budget, in fen, under a cost line of the pack."""

    id = key()
    application_id = refers_to("Application")
    number = Integer(default=None)
    cost_line = word(40)
    item = word(200)
    amount_fen = BigInt(default=None)

    budget_lines_once = Unique([application_id, number])
    budget_lines_amount = Check("amount_fen > 0")


class Score(Table, tablename="scores"):
    """One reviewer's points for an application, by the rubric's criteria."""

    id = key()
    application_id = refers_to("Application")
    reviewer_id = refers_to("Person")
    points = JSONB(default=None)
    total = Integer(default=None)
    comment = text()
    at = moment()

    scores_once = Unique([application_id, reviewer_id])
    scores_total = Check("total BETWEEN 0 AND 100")


class Award(Table, tablename="awards"):
    """Money awarded to an application (立项): one award a call, one commitment of the fund.

    `reason` stands where another than the first of the ranking was chosen.
    """

    id = key()
    call_id = refers_to("Call")
    application_id = refers_to("Application")
    amount_fen = BigInt(default=None)
    reason = text(null=True)
    publication_id = refers_to("Publication")
    project_id = refers_to("Project")
    awarded_by = refers_to("Account")
    awarded_at = moment()

    awards_call_once = Unique([call_id])
    awards_application_once = Unique([application_id])
    awards_amount = Check("amount_fen > 0")
