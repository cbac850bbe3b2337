"""The pure half of the polls room: which rule, who is present, what is counted, what follows."""

from backend.polls.rules.choosing import (
    ModeNotOffered,
    NoRuleInForce,
    PreconditionsUnmet,
    RollTooSmallForSecrecy,
    RuleNotForHere,
    SecrecyNotOffered,
    choose_rule,
    is_in_force,
    is_petition_met,
    jurisdiction_of,
    require_chosen,
    require_mode,
    require_preconditions,
    require_secrecy,
)
from backend.polls.rules.clauses import bound_of, holds
from backend.polls.rules.decision import (
    OpinionOnly,
    decide_motion,
    decide_quorum,
    has_quorum,
    require_majority,
)
from backend.polls.rules.loading import parse_clause, parse_rule, parse_rules
from backend.polls.rules.manifest import ballot_receipt, manifest_of, roll_sha256, rule_sha256
from backend.polls.rules.rolls import NotOnRoll, require_on_roll
from backend.polls.rules.tally import (
    NotCheckedIn,
    require_presence,
    tally_ballots,
    tally_sealed,
)
from backend.polls.rules.timing import (
    MotionAlreadyOpened,
    MotionClosed,
    MotionNotDue,
    MotionNotOpen,
    ResultNotReady,
    decide_state,
    require_due,
    require_open,
    require_result,
    require_uncounted,
    require_unopened,
)

__all__ = [
    "ModeNotOffered", "MotionAlreadyOpened", "MotionClosed", "MotionNotDue", "MotionNotOpen",
    "NoRuleInForce",
    "NotCheckedIn", "NotOnRoll", "OpinionOnly", "PreconditionsUnmet", "ResultNotReady",
    "RollTooSmallForSecrecy", "RuleNotForHere", "SecrecyNotOffered", "ballot_receipt", "bound_of",
    "choose_rule", "decide_motion", "decide_quorum", "decide_state", "has_quorum", "holds",
    "is_in_force", "is_petition_met", "jurisdiction_of", "manifest_of", "parse_clause",
    "parse_rule", "parse_rules", "require_chosen", "require_due",
    "require_majority", "require_mode",
    "require_on_roll", "require_open", "require_preconditions", "require_presence",
    "require_result", "require_secrecy", "require_uncounted", "require_unopened", "roll_sha256",
    "rule_sha256", "tally_ballots", "tally_sealed",
]  # fmt: skip
