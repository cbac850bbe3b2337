"""Tables of polls: voting rules, rolls, presence, motions, ballots."""

from piccolo.columns import JSONB, BigInt, Date, Integer
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from backend.core.columns import key, moment, place, refers_to, text, word


class VotingRuleRow(Table, tablename="voting_rules"):
    """One version of a voting rule as it was loaded from `seed/rules/`."""

    id = key()
    rule_id = word(20)
    version = word(20)
    jurisdiction = word(24)
    valid_from = Date(default=None)
    valid_to = Date(default=None, null=True)
    body = JSONB(default=None)
    sha256 = word(64)

    voting_rules_once = Unique([rule_id, version])


class Roll(Table, tablename="rolls"):
    """A frozen list of who may vote (名册)."""

    id = key()
    place_code = place()
    body = word(30)
    size = Integer(default=None)
    sha256 = word(64)
    frozen_at = moment()


class RollEntry(Table, tablename="roll_entries"):
    """One voter of a roll with a weight; heads are whole, areas in 0.01 m²."""

    id = key()
    roll_id = refers_to("Roll")
    person_id = refers_to("Person", index=True)
    heads = Integer(default=1)
    area_centi = BigInt(default=0)
    office = word(20)

    roll_entries_once = Unique([roll_id, person_id])


class Presence(Table, tablename="presences"):
    """A roll entry is present (到会), once; how and when it was marked."""

    id = key()
    roll_id = refers_to("Roll", index=True)
    entry_id = refers_to("RollEntry")
    mode = word(20)
    marked_at = moment()
    marked_by = refers_to("Account")

    presences_once = Unique([entry_id])
    presences_mode = Check("mode IN ('in_person','online')")


class Motion(Table, tablename="motions"):
    """A question put to a roll under a rule that is pinned at opening (表决事项)."""

    id = key()
    place_code = place()
    roll_id = refers_to("Roll", index=True)
    title = word(200)
    question = text()
    rule_id = word(20)
    rule_version = word(20)
    rule_body = JSONB(default=None)
    mode = word(20)
    secrecy = word(10)
    live_topic = word(80, null=True)
    not_before = moment(null=True)
    opens_at = moment(null=True)
    closes_at = moment(null=True)
    closed_at = moment(null=True)
    manifest_sha256 = word(64, null=True)
    result = JSONB(default=None, null=True)
    created_by = refers_to("Account")
    created_at = moment()

    motions_secrecy = Check("secrecy = 's0'")


class Ballot(Table, tablename="ballots"):
    """A named ballot: one for each roll entry; voting again before closure replaces it."""

    id = key()
    motion_id = refers_to("Motion")
    entry_id = refers_to("RollEntry")
    choice = word(10)
    cast_at = moment()
    cast_by = refers_to("Account")

    ballots_once = Unique([motion_id, entry_id])
    ballots_choice = Check("choice IN ('yes','no','abstain')")
