"""Counting: a roll at its closure with the last ballot of each entry becomes counts."""

from collections import Counter
from collections.abc import Iterable

from backend.core.problems import Kind, Refusal
from backend.polls.types import Amount, BallotEntry, Choice, Counts, Presence, VotingRule


class NotCheckedIn(Refusal):
    """Under this rule only those at the meeting vote (到会)."""

    kind = Kind.CONFLICT
    code = "not-checked-in"
    zh = "请先签到再投票：本次表决只计到会人员。"
    en = "Please check in first: only those present vote on this."


def require_presence(rule: VotingRule, *, is_present: bool) -> None:
    """Whoever votes is present; late arrivals may, once checked in."""
    if rule.presence is Presence.CHECKED_IN and not is_present:
        raise NotCheckedIn


def tally_ballots(
    entries: Iterable[BallotEntry], presence: Presence = Presence.CHECKED_IN
) -> Counts:
    """Counts of a named vote. ValueError for a ballot of someone who was not let in to vote."""
    lines = [_checked(entry, presence) for entry in entries]
    cast = [line for line in lines if _has_cast(line)]
    by_choice = {c: _sum(line for line in cast if line.choice is c) for c in Choice}
    return Counts(
        eligible=_sum(lines),
        present=_sum(line for line in lines if _is_present(line, presence)),
        cast=_sum(cast),
        valid=sum(by_choice.values(), Amount()),
        yes=by_choice[Choice.YES],
        no=by_choice[Choice.NO],
        abstain=by_choice[Choice.ABSTAIN],
    )


def tally_sealed(entries: Iterable[BallotEntry], choices: Iterable[Choice | None]) -> Counts:
    """Counts of a secret vote: the roll says who took part, the board what was said.

    `choices` carry no voter; None is a spoilt ballot. Every entry is one head, areas do not count
    (trust.md §1), and entries must not carry a choice. `present` of an entry already follows the
    rule's presence: where casting is presence, the caller marks participants as present.
    """
    lines = list(entries)
    if any(line.weight_heads != 1 or _has_cast(line) for line in lines):
        raise ValueError("a secret vote has one head per entry and no choice on the roll")
    seen = Counter(choices)
    yes, no, abstain = (Amount(seen[choice]) for choice in Choice)
    return Counts(
        eligible=Amount(len(lines)),
        present=Amount(sum(line.present for line in lines)),
        cast=Amount(seen.total()),
        valid=yes + no + abstain,
        yes=yes,
        no=no,
        abstain=abstain,
    )


def _checked(entry: BallotEntry, presence: Presence) -> BallotEntry:
    if entry.weight_heads < 0 or entry.area_centi < 0:
        raise ValueError("weights and areas are not negative")
    if entry.is_spoilt and entry.choice is not None:
        raise ValueError("a spoilt ballot carries no choice")
    if presence is Presence.CHECKED_IN and _has_cast(entry) and not entry.present:
        raise ValueError("a ballot of an entry that is not checked in")
    return entry


def _has_cast(entry: BallotEntry) -> bool:
    return entry.choice is not None or entry.is_spoilt


def _is_present(entry: BallotEntry, presence: Presence) -> bool:
    if presence is Presence.CAST:
        return _has_cast(entry)
    return entry.present or (presence is Presence.CHECKED_IN_OR_CAST and _has_cast(entry))


def _sum(entries: Iterable[BallotEntry]) -> Amount:
    return sum((Amount(e.weight_heads, e.area_centi) for e in entries), Amount())
