"""How a representative meeting is made up."""

import tomllib

import pytest

from backend.meetings.rules import CompositionUnlawful, require_composition
from backend.polls.rules import parse_rules
from backend.polls.types import Composition
from backend.settings import SEED_DIR

DOCUMENTS = {f.name: tomllib.loads(f.read_text()) for f in (SEED_DIR / "rules").glob("*.toml")}
RULES = {rule.id: rule for rule in parse_rules(DOCUMENTS)}


def composition_of(rule_id: str) -> Composition:
    """The composition that a rule asks for."""
    found = RULES[rule_id].composition
    assert found
    return found


@pytest.mark.parametrize(
    ("committee", "representatives", "needed"),
    [(6, 24, None), (6, 23, 24), (7, 28, None), (7, 27, 28), (0, 0, 1), (1, 0, 4)],
)
def test_four_fifths_are_representatives(
    committee: int, representatives: int, needed: int | None
) -> None:
    composition, households = composition_of("RC-2"), representatives * 30
    if needed is None:
        assert require_composition(composition, committee, representatives, households) == ()
        return
    with pytest.raises(CompositionUnlawful) as refused:
        require_composition(composition, committee, representatives, households)
    assert refused.value.facts["needed"] == needed


@pytest.mark.parametrize(
    ("households", "is_reported"),
    [(600, False), (1500, False), (599, True), (1501, True)],
)
def test_representatives_per_household_are_only_reported(
    households: int, is_reported: bool
) -> None:
    findings = require_composition(composition_of("RC-2"), 6, 30, households)
    assert [f.code for f in findings] == ["representatives-per-household"] * is_reported


def test_women_are_a_third_of_a_villagers_composition() -> None:
    composition = composition_of("VC-2")
    require_composition(composition, 5, 25, 300, women=10)
    require_composition(composition, 5, 25, 300)
    with pytest.raises(CompositionUnlawful) as refused:
        require_composition(composition, 5, 25, 300, women=9)
    facts = refused.value.facts
    assert (facts["group"], facts["have"], facts["needed"]) == ("women", 9, 10)
    assert refused.value.sentence("zh-CN").startswith("会议组成不符合规定：妇女代表只有 9 人")
