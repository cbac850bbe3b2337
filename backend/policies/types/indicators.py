"""Targets (指标): a share to be reached, with what is counted above and below the line."""

from enum import StrEnum

from backend.policies.types.shares import ratio
from backend.policies.types.sourced import Count, Group, Key, Label, Ratio


class Direction(StrEnum):
    """The side of the bound; 以上 and 不低于 include the number (民法典 §1259)."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOVE = "above"
    BELOW = "below"


class Target(Group, frozen=True):
    """A figure to be reached: counted numerator against counted denominator; horizon in years."""

    key: Key
    name: Label
    bound: Ratio
    numerator: Label
    denominator: Label
    direction: Direction = Direction.AT_LEAST
    horizon_years: Count | None = None


def is_within(part: int, whole: int, direction: Direction, bound: str) -> bool:
    """Whether part : whole keeps the bound, by cross multiplication (民法典 §1259 on 以上, 超过).

    0 of 0 is at_least and at_most anything; raises `ValueError` for negative counts.
    """
    if part < 0 or whole < 0:
        raise ValueError(f"counts are never negative: {part} of {whole}")
    numerator, denominator = ratio(bound)
    left, right = part * denominator, numerator * whole
    return {
        Direction.AT_LEAST: left >= right,
        Direction.AT_MOST: left <= right,
        Direction.ABOVE: left > right,
        Direction.BELOW: left < right,
    }[direction]


def is_target_met(target: Target, numerator: int, denominator: int) -> bool:
    """Whether a target is reached; nothing is reached where there is nothing to count (0 of 0)."""
    return denominator > 0 and is_within(numerator, denominator, target.direction, target.bound)
