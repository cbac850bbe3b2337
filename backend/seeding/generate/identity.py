"""Made-up numbers: phones of one block, and resident ID numbers that pass GB 11643."""

from datetime import date

from backend.seeding.generate.types import Sex

_AREA = "340104"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_PHONES = 100_000_000
_PEOPLE_PER_DAY_AND_SEX = 500


def demo_phone(n: int) -> str:
    """The n-th number of the demo block 199 0000 0000 … (11 digits)."""
    if not 0 <= n < _PHONES:
        raise ValueError(f"the block has {_PHONES} numbers, not {n}")
    return f"199{n:08d}"


def demo_id_number(birth_on: date, sex: Sex, n: int) -> str:
    """A fictional ID number (18 digits, GB 11643) for the n-th person of that day and sex.

    The sequence is odd for men and even for women; n is 0 … 499, else `ValueError`.
    """
    if not 0 <= n < _PEOPLE_PER_DAY_AND_SEX:
        raise ValueError(f"n must be 0 … {_PEOPLE_PER_DAY_AND_SEX - 1}, not {n}")
    sequence = 2 * n + (1 if sex is Sex.MALE else 0)
    body = f"{_AREA}{birth_on:%Y%m%d}{sequence:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + _CHECK_DIGITS[total % 11]
