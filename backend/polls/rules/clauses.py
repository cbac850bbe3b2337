"""When a clause holds. Whole numbers only: 超过 excludes its number, 以上 includes it (§1259)."""

from backend.polls.types import Clause


def holds(clause: Clause, numerator: int, denominator: int) -> bool:
    """Whether `numerator` of `denominator` reaches the clause; of nothing, nothing is reached."""
    if denominator <= 0:
        return False
    left, right = numerator * clause.den, denominator * clause.num
    return left > right if clause.strict else left >= right


def bound_of(clause: Clause, denominator: int) -> int:
    """The smallest whole numerator that holds; at least 1, also where the denominator is 0."""
    right = denominator * clause.num
    return max(1, right // clause.den + 1 if clause.strict else -(-right // clause.den))
