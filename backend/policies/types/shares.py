"""Shares such as "1/10", in integers, never in floats."""

import re

from backend.policies.types.sourced import RATIO_PATTERN


def ratio(text: str) -> tuple[int, int]:
    """Numerator and denominator of "1/10"; raises `ValueError` for anything else."""
    if not re.fullmatch(RATIO_PATTERN, text) or text.endswith("\n"):
        raise ValueError(f"a ratio is written like 1/10, not {text!r}")
    numerator, denominator = text.split("/")
    return int(numerator), int(denominator)


def share_fen(total_fen: int, share: str) -> int:
    """The largest whole number of fen that is at most this share of the total (integer 分)."""
    numerator, denominator = ratio(share)
    return total_fen * numerator // denominator
