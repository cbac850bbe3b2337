"""How a person is named in public."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.masking import masked_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明", "王*明"),
        ("王明", "王*"),
        ("欧阳小明", "欧*明"),
        ("阿卜杜拉·买买提", "阿*提"),
        ("王", "*"),
        ("", "*"),
    ],
)
def test_surname_star_last_character(name: str, shown: str) -> None:
    assert masked_name(name) == shown


@given(st.text(max_size=80))
def test_never_more_than_two_characters_of_a_name_are_shown(name: str) -> None:
    shown = masked_name(name)
    assert "*" in shown
    assert len(shown) <= 3
    if len(name) > 1:
        assert shown[0] == name[0]
        assert shown[1] == "*"
