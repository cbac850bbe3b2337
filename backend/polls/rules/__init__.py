"""The pure half of the polls room: which rule, who is present, what is counted, what follows."""

from backend.polls.rules.choosing import (
    ModeNotOffered,
    NoRuleInForce,
    PreconditionsUnmet,
    RollTooSmallForSecrecy,
    SecrecyNotOffered,
    choose_rule,
    is_in_force,
    is_petition_met,
    require_mode,
    require_preconditions,
    require_secrecy,
)
from backend.polls.rules.clauses import bound_of, holds
from backend.polls.rules.composition import CompositionUnlawful, require_composition
from backend.polls.rules.decision import OpinionOnly, decide_motion, decide_quorum
from backend.polls.rules.loading import parse_clause, parse_rule, parse_rules
from backend.polls.rules.manifest import ballot_receipt, manifest_of, roll_sha256, rule_sha256
from backend.polls.rules.tally import (
    NotCheckedIn,
    require_presence,
    tally_ballots,
    tally_sealed,
)
from backend.polls.rules.timing import (
    MotionClosed,
    MotionNotOpen,
    NoticeTooShort,
    notice_days_of,
    require_notice,
    require_open,
)

__all__ = [
    "CompositionUnlawful", "ModeNotOffered", "MotionClosed", "MotionNotOpen", "NoRuleInForce",
    "NotCheckedIn", "NoticeTooShort", "OpinionOnly", "PreconditionsUnmet",
    "RollTooSmallForSecrecy", "SecrecyNotOffered", "ballot_receipt", "bound_of", "choose_rule",
    "decide_motion", "decide_quorum", "holds", "is_in_force", "is_petition_met", "manifest_of",
    "notice_days_of", "parse_clause", "parse_rule", "parse_rules", "require_composition",
    "require_mode", "require_notice", "require_open", "require_preconditions", "require_presence",
    "require_secrecy", "roll_sha256", "rule_sha256", "tally_ballots", "tally_sealed",
]  # fmt: skip
