"""Before a motion opens: which rule, which secrecy, what must be on record, who may demand it."""

import tomllib
from dataclasses import replace
from datetime import date

import pytest

from backend.polls.rules import (
    NoRuleInForce,
    PreconditionsUnmet,
    RollTooSmallForSecrecy,
    SecrecyNotOffered,
    choose_rule,
    is_petition_met,
    parse_rules,
    require_preconditions,
    require_secrecy,
)
from backend.polls.types import Petitioner, Precondition, Secrecy
from backend.settings import SEED_DIR

DOCUMENTS = {f.name: tomllib.loads(f.read_text()) for f in (SEED_DIR / "rules").glob("*.toml")}
RULES = {rule.id: rule for rule in parse_rules(DOCUMENTS)}
SHANGHAI = ("CN", "310000", "310100", "310115")
BEIJING, HANGZHOU = ("CN", "110000", "110105"), ("CN", "330000", "330100", "330106")
ON = date(2026, 3, 1)

# Which rule ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "place", "on", "expected"),
    [
        ("residents-meeting", SHANGHAI, date(2025, 12, 31), "RC-old"),
        ("residents-meeting", SHANGHAI, date(2026, 1, 1), "RC-1"),
        ("owners-ordinary", SHANGHAI, ON, "OW-1"),
        ("owners-ordinary", BEIJING, ON, "OW-1-BJ"),
        ("owners-major", BEIJING, ON, "OW-2-BJ"),
        ("owners-ordinary", HANGZHOU, ON, "OW-1-HZ"),
        ("joint-conference", SHANGHAI, ON, "DL-2"),
    ],
)
def test_day_and_place_choose_the_rule(
    body: str, place: tuple[str, ...], on: date, expected: str
) -> None:
    assert choose_rule(RULES.values(), body, place, on).id == expected
    assert choose_rule(reversed(RULES.values()), body, place, on).id == expected


@pytest.mark.parametrize(
    ("body", "place", "on"),
    [
        ("residents-representative-meeting", SHANGHAI, date(2025, 12, 31)),
        ("joint-conference", HANGZHOU, ON),
        ("residents-meeting", SHANGHAI, date(1989, 12, 31)),
    ],
)
def test_no_rule_in_force_is_refused(body: str, place: tuple[str, ...], on: date) -> None:
    with pytest.raises(NoRuleInForce):
        choose_rule(RULES.values(), body, place, on)


def test_a_missing_rule_is_told_by_the_bodys_chinese_name() -> None:
    with pytest.raises(NoRuleInForce) as refused:
        choose_rule([RULES["RC-2"]], RULES["RC-2"].body, SHANGHAI, date(2025, 12, 31))
    assert "“居民代表会议”" in refused.value.sentence("zh-CN")
    assert "residents-representative-meeting" not in refused.value.sentence("zh-CN")


def test_of_two_versions_the_later_is_chosen() -> None:
    newer = replace(RULES["RC-1"], version=2)
    both = (newer, RULES["RC-1"])
    assert choose_rule(both, "residents-meeting", SHANGHAI, ON).version == 2
    early = replace(newer, valid_from=date(2026, 6, 1))
    assert choose_rule((early, both[1]), "residents-meeting", SHANGHAI, ON).version == 1


def test_a_local_rule_stands_against_a_newer_national_one() -> None:
    national = replace(RULES["OW-1"], version=2, valid_from=date(2026, 2, 1))
    found = choose_rule((national, RULES["OW-1-BJ"]), "owners-ordinary", BEIJING, ON)
    assert found.id == "OW-1-BJ"


def test_the_old_law_ends_with_its_last_day() -> None:
    old = [RULES["RC-old"]]
    assert choose_rule(old, "residents-meeting", SHANGHAI, date(2025, 12, 31)).id == "RC-old"
    with pytest.raises(NoRuleInForce):
        choose_rule(old, "residents-meeting", SHANGHAI, date(2026, 1, 1))


# Before opening -----------------------------------------------------------------------------


def test_secrecy_never_goes_with_areas_nor_with_a_small_roll() -> None:
    with pytest.raises(SecrecyNotOffered):
        require_secrecy(RULES["OW-1"], Secrecy.SEALED_ONE_HOUSE, 900)
    with pytest.raises(RollTooSmallForSecrecy) as refused:
        require_secrecy(RULES["RC-2"], Secrecy.SEALED_ONE_HOUSE, 19)
    assert refused.value.facts == {"size": 19, "needed": 20}
    require_secrecy(RULES["RC-2"], Secrecy.SEALED_ONE_HOUSE, 20)
    require_secrecy(RULES["RC-2"], Secrecy.NAMED, 3)


def test_matters_of_article_30_need_authorisation_and_party_study() -> None:
    rule = RULES["RC-2"]
    require_preconditions(rule, [], is_important=False)
    with pytest.raises(PreconditionsUnmet) as refused:
        require_preconditions(rule, [Precondition.PARTY_STUDY], is_important=True)
    assert refused.value.facts["missing"] == ["authorised_by_residents"]
    require_preconditions(rule, rule.preconditions_important, is_important=True)


@pytest.mark.parametrize(
    ("rule", "by", "signed", "total", "expected"),
    [
        ("RC-1", Petitioner.RESIDENTS, 10, 100, True),
        ("RC-1", Petitioner.RESIDENTS, 9, 99, False),
        ("RC-1", Petitioner.REPRESENTATIVES, 10, 30, True),
        ("RC-1", Petitioner.REPRESENTATIVES, 9, 30, False),
        ("RC-1", Petitioner.GROUPS, 30, 30, False),
        ("RC-2", Petitioner.REPRESENTATIVES, 6, 30, True),
        ("RC-2", Petitioner.REPRESENTATIVES, 6, 31, False),
        ("RC-old", Petitioner.RESIDENTS, 19, 100, False),
        ("OW-1", Petitioner.OWNERS, 180, 900, True),
    ],
)
def test_petition(rule: str, by: Petitioner, signed: int, total: int, expected: bool) -> None:
    assert is_petition_met(RULES[rule], by, signed, total) is expected
