"""Targets (指标): a share to be reached, with what is counted above and below the line."""

from enum import StrEnum

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
