"""The values of the polls room: rules as data, and what is counted."""

from backend.polls.types.count import (
    Amount,
    BallotEntry,
    Choice,
    ClauseResult,
    Counts,
    Decision,
    Manifest,
    Outcome,
    RollEntry,
)
from backend.polls.types.motion import (
    ClauseOutcome,
    MotionFacts,
    MotionState,
    NewMotion,
    PresenceFacts,
    PresenceMode,
    RollFacts,
    RollMember,
)
from backend.polls.types.rule import (
    AreaSource,
    Basis,
    Binding,
    Clause,
    ClauseSet,
    Composition,
    Electorate,
    Of,
    OneHead,
    OwnersRoll,
    Petition,
    Petitioner,
    Precondition,
    Presence,
    Proxy,
    Secrecy,
    Source,
    SourceLevel,
    Span,
    Stage,
    VotingRule,
)

__all__ = [
    "Amount", "AreaSource", "BallotEntry", "Basis", "Binding", "Choice", "Clause", "ClauseOutcome",
    "ClauseResult", "ClauseSet", "Composition", "Counts", "Decision", "Electorate", "Manifest",
    "MotionFacts", "MotionState", "NewMotion", "Of", "OneHead", "Outcome", "OwnersRoll",
    "Petition", "Petitioner", "Precondition", "Presence", "PresenceFacts", "PresenceMode", "Proxy",
    "RollEntry", "RollFacts", "RollMember", "Secrecy", "Source", "SourceLevel", "Span", "Stage",
    "VotingRule",
]  # fmt: skip
