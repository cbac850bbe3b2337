"""Who may sit in a body: decisions without a database."""

import pytest

from backend.community.rules import NotAResident, require_resident


def test_a_resident_may_sit() -> None:
    require_resident(is_resident=True)


def test_others_may_not() -> None:
    with pytest.raises(NotAResident):
        require_resident(is_resident=False)
