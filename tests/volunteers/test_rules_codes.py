"""Rotating codes of a shift: 128 bits, ten seconds, the one before still taken, nothing else."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from backend.core.sealing import KeyRing, SecretsError, ring, use_ring
from backend.core.tokens import CODE_STEP_S, is_rotating_code, rotating_code
from backend.volunteers.rules import code_event
from backend.volunteers.types import Direction

SHIFT = UUID("01a1ffbe-bdf4-73ff-8673-6c5452128b47")
EVENT = code_event(SHIFT, Direction.IN)
STEP_BEGINS = datetime(2026, 3, 7, 6, 0, 0, tzinfo=UTC)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@pytest.fixture(autouse=True)
def _codes() -> Iterator[None]:
    """Keys of these tests alone; the ring of the run comes back afterwards."""
    before = ring() if _has_ring() else None
    use_ring(KeyRing("test", b"s" * 32, b"i" * 32, b"t" * 32, b"c" * 32))
    yield
    if before is not None:
        use_ring(before)


def _has_ring() -> bool:
    try:
        ring()
    except SecretsError:
        return False
    return True


def later(seconds: float) -> datetime:
    """So many seconds after the step began."""
    return STEP_BEGINS + timedelta(seconds=seconds)


def is_taken(code: str, at: datetime, event: str = EVENT) -> bool:
    """Whether the code opens the event at that time."""
    return is_rotating_code(code, event, at)


@pytest.mark.parametrize("seconds", [0, 9, 9.999, 19, 19.999])
def test_a_code_lives_to_the_end_of_the_next_step(seconds: float) -> None:
    assert is_taken(rotating_code(EVENT, STEP_BEGINS), later(seconds))


@pytest.mark.parametrize("seconds", [20, 21, 60, 3600, -0.001, -10, -60])
def test_outside_of_it_the_code_is_refused(seconds: float) -> None:
    assert not is_taken(rotating_code(EVENT, STEP_BEGINS), later(seconds))


def test_seen_at_the_end_of_a_step_it_still_lives_ten_seconds() -> None:
    code = rotating_code(EVENT, later(9))
    assert [is_taken(code, later(9 + wait)) for wait in (0, 9, 10, 11, 21)] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_mutated_codes_are_refused() -> None:
    code, dice, tried = rotating_code(EVENT, STEP_BEGINS), random.Random(1), 0
    while tried < 1000:
        at = dice.randrange(len(code))
        mutated = dice.choice(
            [
                code[:at] + dice.choice(LETTERS) + code[at + 1 :],
                code[:at] + code[at + 1 :],
                code[:at] + dice.choice(LETTERS) + code[at:],
                code[:at] + code[at:].swapcase(),
                code[at:] + code[:at],
                f" {code}",
                f"{code}=",
                "".join(dice.choices(LETTERS, k=len(code))),
            ]
        )
        if mutated != code:
            assert not is_taken(mutated, STEP_BEGINS), mutated
            tried += 1


def test_it_opens_nothing_else() -> None:
    code = rotating_code(EVENT, STEP_BEGINS)
    assert not is_taken(code, STEP_BEGINS, code_event(SHIFT, Direction.OUT))
    assert not is_taken(code, STEP_BEGINS, code_event(UUID(int=7), Direction.IN))


@pytest.mark.parametrize(
    "text", [str(SHIFT), SHIFT.hex, EVENT, "", "0", "二维码", "\x00", "a" * 200]
)
def test_ids_and_odd_signs_are_no_codes(text: str) -> None:
    assert not is_taken(text, STEP_BEGINS)


def test_a_clock_that_steps_back_makes_no_old_code_of_a_new_one() -> None:
    code = rotating_code(EVENT, later(5 * CODE_STEP_S))
    assert not is_taken(code, STEP_BEGINS)


def test_another_key_makes_other_codes() -> None:
    code = rotating_code(EVENT, STEP_BEGINS)
    use_ring(KeyRing("test", b"s" * 32, b"i" * 32, b"t" * 32, b"d" * 32))
    assert not is_taken(code, STEP_BEGINS)
