"""The values of the polls room: rules as data, and what is counted."""

from backend.polls.types.count import (
    Amount,
    BallotEntry,
    Choice,
    ClauseResult,
    Counts,
    Decision,
    Finding,
    Manifest,
    Outcome,
    RollEntry,
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
    "Amount", "AreaSource", "BallotEntry", "Basis", "Binding", "Choice", "Clause", "ClauseResult",
    "ClauseSet", "Composition", "Counts", "Decision", "Electorate", "Finding", "Manifest", "Of",
    "OneHead", "Outcome", "OwnersRoll", "Petition", "Petitioner", "Precondition", "Presence",
    "Proxy", "RollEntry", "Secrecy", "Source", "SourceLevel", "Span", "Stage", "VotingRule",
]  # fmt: skip
