"""Rules as data: every seed file reads, and wrong data is refused by its path."""

import tomllib
from datetime import date
from typing import Any

import pytest

from backend.polls.rules import (
    parse_clause,
    parse_rule,
    parse_rules,
)
from backend.polls.types import (
    Basis,
    Binding,
    Clause,
    Composition,
    Electorate,
    Of,
    Precondition,
    Presence,
    Secrecy,
    SourceLevel,
    Span,
)
from backend.settings import SEED_DIR

DOCUMENTS = {f.name: tomllib.loads(f.read_text()) for f in (SEED_DIR / "rules").glob("*.toml")}
RULES = {rule.id: rule for rule in parse_rules(DOCUMENTS)}


def raw(rule_id: str) -> dict[str, Any]:
    """A fresh copy of a complete rule's table."""
    tables = (table for body in DOCUMENTS.values() for table in body["rule"])
    return dict(next(table for table in tables if table["id"] == rule_id))


def test_every_rule_of_the_table_is_shipped() -> None:
    table = ("RC-1", "RC-2", "RC-old", "VC-1", "VC-2", "VC-3", "OW-1", "OW-2", "OW-3")
    assert {*table, "DL-1", "DL-2", "PB-1"} <= set(RULES)


def test_residents_meeting_as_the_law_of_2025_has_it() -> None:
    rule = RULES["RC-1"]
    assert rule.electorate == (Electorate.RESIDENTS, Electorate.HOUSEHOLDS)
    assert (rule.notice_days, rule.notice_days_special, rule.publish_min_days) == (10, 0, 15)
    assert [(p.by.value, p.num, p.den) for p in rule.petition] == [
        ("residents", 1, 10), ("households", 1, 10), ("representatives", 1, 3),
    ]  # fmt: skip
    assert rule.preconditions == (Precondition.MODE_FIXED, Precondition.PARTY_STUDY)
    assert not rule.proxy.allowed


def test_representative_meeting_marks_its_notice_as_a_local_default() -> None:
    rule = RULES["RC-2"]
    assert (rule.valid_from, rule.notice_days, rule.publish_min_days) == (date(2026, 1, 1), 3, 15)
    assert rule.composition == Composition(4, 5, Span(20, 50), 0, 1)
    assert rule.meets_every_months == 6
    levels = {field: s.level for s in rule.sources for field in s.fields}
    assert levels["notice_days"] is SourceLevel.LOCAL_DEFAULT


def test_owners_vote_is_named_and_takes_part_by_ballot() -> None:
    rule = RULES["OW-2"]
    assert (rule.presence, rule.secret) == (Presence.CAST, (Secrecy.NAMED,))
    assert (rule.notice_days, rule.binding) == (15, Binding.PRECHECK)
    assert rule.pass_[0].clauses[0] == Clause(Basis.AREA, Of.CAST, 3, 4, strict=False)
    assert rule.owners == RULES["OW-1"].owners


def test_local_rules_say_what_differs_and_keep_the_rest() -> None:
    beijing, hangzhou = RULES["OW-1-BJ"], RULES["OW-2-HZ"]
    assert beijing.binding is Binding.OPINION_POLL
    assert beijing.publish_within_days == 3
    assert beijing.preconditions == (Precondition.ON_PUBLISHED_AGENDA,)
    assert beijing.quorum == RULES["OW-1"].quorum
    assert hangzhou.voting_days == Span(5, 60)
    assert hangzhou.paper_on_request
    assert hangzhou.pass_ == RULES["OW-2"].pass_
    assert len(hangzhou.sources) > len(RULES["OW-2"].sources)


# Wrong data ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"notice_day": 10}, "rule.notice_day: unknown"),
        ({"version": 0}, "rule.version"),
        ({"version": True}, "rule.version"),
        ({"notice_days": "10"}, "rule.notice_days"),
        ({"notice_days_special": 11}, "rule.notice_days_special"),
        ({"valid_from": "2026-01-01"}, "rule.valid_from"),
        ({"valid_to": date(2025, 1, 1)}, "rule.valid_to"),
        ({"title_zh": " "}, "rule.title_zh"),
        ({"electorate": ["everyone"]}, "rule.electorate"),
        ({"electorate": ["residents"]}, "rule.quorum"),
        ({"electorate": ["residents", "households", "members"]}, "rule.quorum"),
        ({"electorate": ["residents", "residents"]}, "rule.electorate: each"),
        ({"secret": []}, "rule.secret"),
        ({"jurisdiction": "china"}, "rule.jurisdiction"),
        ({"presence": "online"}, "rule.presence"),
        ({"preconditions": "mode_fixed"}, "rule.preconditions"),
        ({"quorum": [{"all_of": []}]}, r"rule.quorum\[0\].all_of"),
        ({"pass": [{"all_of": [{"basis": "heads"}]}]}, r"rule.pass\[0\].all_of\[0\].at: missing"),
        ({"petition": [{"by": "owners", "at": "0/5"}]}, r"rule.petition\[0\].at"),
        ({"proxy": {"allowed": "no"}}, "rule.proxy.allowed"),
        ({"proxy": True}, "rule.proxy: a table"),
        ({"voting_days": {"least": 9, "most": 3}}, "rule.voting_days.most"),
        ({"composition": {"representatives": "5/5"}}, "rule.composition.representatives"),
        ({"sources": []}, "rule.sources"),
        ({"sources": [{"title": "x", "level": "law", "fields": ["quroum"]}]}, "rule.sources"),
    ],
)
def test_wrong_parameter_is_refused_by_its_path(change: dict[str, Any], path: str) -> None:
    with pytest.raises(ValueError, match=path):
        parse_rule(raw("RC-1") | change)


def test_missing_parameter_is_refused_by_its_path() -> None:
    table = raw("RC-1")
    del table["binding"]
    with pytest.raises(ValueError, match=r"rule\.binding: missing"):
        parse_rule(table)


def test_area_clause_with_a_secret_vote_is_refused() -> None:
    with pytest.raises(ValueError, match=r"rule\.secret"):
        parse_rule(raw("OW-1") | {"secret": ["s0", "s1"]})


def test_quorum_of_those_present_is_refused() -> None:
    clause = {"basis": "members", "of": "present", "at": "2/3", "strict": False}
    with pytest.raises(ValueError, match=r"rule\.quorum"):
        parse_rule(raw("RC-2") | {"quorum": [{"all_of": [clause]}]})


GOOD = {"basis": "heads", "of": "present", "at": "2/3", "strict": True}


def test_clause_is_read() -> None:
    assert parse_clause(GOOD) == Clause(Basis.HEADS, Of.PRESENT, 2, 3, strict=True)


@pytest.mark.parametrize(
    "change",
    [
        {"at": "3/2"}, {"at": "0/2"}, {"at": "2"}, {"at": "2/0"}, {"at": "-1/2"}, {"at": "½"},
        {"at": 0.5}, {"at": "1/1"}, {"of": "all"}, {"basis": "m2"}, {"strict": 1}, {"extra": 1},
    ],
)  # fmt: skip
def test_wrong_clause_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"clause\."):
        parse_clause(GOOD | change)


@pytest.mark.parametrize(
    ("rules", "path"),
    [
        ([{"id": "A", "extends": "B"}], "extends"),
        ([{"id": "A", "extends": "A"}], "extends"),
        ([{"id": "A", "extends": "B"}, {"id": "B", "extends": "A"}], "extends"),
        ([{"extends": "A"}], "id: missing"),
    ],
)
def test_extending_nothing_or_oneself_is_refused(rules: list[dict[str, str]], path: str) -> None:
    with pytest.raises(ValueError, match=path):
        parse_rules({"x.toml": {"rule": rules}})


def test_the_same_version_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="RC-1 version 1 stands twice"):
        parse_rules({"x.toml": {"rule": [raw("RC-1"), raw("RC-1")]}})
