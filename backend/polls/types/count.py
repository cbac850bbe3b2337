"""Ballots, counts and decisions as frozen values. Heads are whole, areas in 0.01 m²."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from backend.polls.types.rule import Basis, Of


class Choice(StrEnum):
    """What a voter may say: 同意, 反对, 弃权."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Outcome(StrEnum):
    """通过, 未通过, 未达法定人数."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    NO_QUORUM = "no_quorum"


@dataclass(frozen=True, slots=True)
class RollEntry:
    """One line of a frozen roll; units counted as one head are one entry with their area."""

    entry_id: str
    weight_heads: int = 1
    area_centi: int = 0


@dataclass(frozen=True, slots=True)
class BallotEntry:
    """A roll entry at closure: was it present, and its last ballot (none, a choice, or spoilt)."""

    weight_heads: int
    area_centi: int
    present: bool
    choice: Choice | None
    is_spoilt: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of heads and their area in 0.01 m²."""

    heads: int = 0
    area_centi: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.heads + other.heads, self.area_centi + other.area_centi)

    def is_within(self, other: "Amount") -> bool:
        """Whether neither figure exceeds the other's."""
        return 0 <= self.heads <= other.heads and 0 <= self.area_centi <= other.area_centi


@dataclass(frozen=True, slots=True)
class Counts:
    """应到 ⊇ 到会 ⊇ 投票 ⊇ 有效票 = 同意 + 反对 + 弃权; anything else is a fault of ours."""

    eligible: Amount
    present: Amount
    cast: Amount
    valid: Amount
    yes: Amount
    no: Amount
    abstain: Amount

    def __post_init__(self) -> None:
        steps = (self.valid, self.cast, self.present, self.eligible)
        nested = all(steps[i].is_within(steps[i + 1]) for i in range(3))
        parts = (self.yes, self.no, self.abstain)
        if not nested or not all(part.is_within(self.valid) for part in parts):
            raise ValueError("counts must nest: valid within cast within present within eligible")
        if self.yes + self.no + self.abstain != self.valid:
            raise ValueError("yes, no and abstain must add up to the valid ballots")


@dataclass(frozen=True, slots=True)
class ClauseResult:
    """One clause with its figures; `bound` is the smallest numerator that holds."""

    kind: Literal["quorum", "pass"]
    basis: Basis
    of: Of
    numerator: int
    denominator: int
    bound: int
    holds: bool
    words_zh: str
    words_en: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome, and every clause that was looked at (all alternatives of the mode)."""

    outcome: Outcome
    clauses: tuple[ClauseResult, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is frozen at opening: canonical bytes and their SHA-256 in hex."""

    canonical: bytes
    sha256: str
