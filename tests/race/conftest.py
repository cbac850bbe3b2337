"""Rounds: `LINLI_ROUNDS` says how often; a race without a loop of its own is run that often."""

import os

import pytest

_ROUNDS = int(os.environ.get("LINLI_ROUNDS", "1"))
_CERTAIN = "test_the_database_alone"
"""What does not race: once is enough."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Repeat a race on a fresh copy of the database each time."""
    test = metafunc.function
    has_rounds = "ROUNDS" in test.__code__.co_names or test.__name__.startswith(_CERTAIN)
    if _ROUNDS > 1 and not has_rounds:
        metafunc.fixturenames.append("round_number")
        metafunc.parametrize("round_number", range(_ROUNDS))
