"""Packs: read strictly, sourced honestly, chosen by place and day, compared in integers."""

import copy
import csv
import tomllib
from datetime import date
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.policies.rules import (
    choose_pack,
    pack_sha256,
    parameters_of,
    parse_pack,
)
from backend.policies.types import (
    Direction,
    PackError,
    PolicyPack,
    is_target_met,
    is_within,
    ratio,
    share_fen,
)
from backend.settings import SEED_DIR

PACK_FILE = SEED_DIR / "policies" / "shushan-2019.toml"
SHUSHAN: dict[str, Any] = tomllib.loads(PACK_FILE.read_text(encoding="utf-8"))
PACK = parse_pack(SHUSHAN)
PROVINCE, CITY, DISTRICT = "340000", "340100", "340104"
GONE = object()
QINGHE = (PROVINCE, CITY, DISTRICT, "340104-L01", "340104-L01-C01")


def read_table(name: str) -> list[dict[str, str]]:
    """A tab-separated seed file as rows."""
    with (SEED_DIR / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


RULES = {row["id"]: row["phrase in the document"] for row in read_table("policies/rules.tsv")}


def pack_with(**identity: Any) -> PolicyPack:
    """A pack of nothing but an identity that differs from Shushan's in the given fields."""
    return PolicyPack(identity=msgspec.structs.replace(PACK.identity, **identity))


# ------------------------------------------------------------------------------- sources


def test_every_rule_id_of_the_pack_is_a_row_whose_phrase_holds_the_clause() -> None:
    sourced = [(path, p) for path, p in parameters_of(PACK) if p.rule_ids]
    assert len(sourced) >= 10
    for path, parameter in sourced:
        assert all(rule_id in RULES for rule_id in parameter.rule_ids), path
        assert any(parameter.clause in RULES[rule_id] for rule_id in parameter.rule_ids), path


def test_every_parameter_says_where_it_comes_from() -> None:
    paths = [path for path, _ in parameters_of(PACK)]
    assert len(paths) == len(set(paths))
    assert {"volunteers.star_hours", "indicators[2]", "grants.budget.caps[0]"} <= set(paths)
    local = {path for path, parameter in parameters_of(PACK) if parameter.is_local}
    assert {"grants.budget.max_fen_per_application", "volunteers.rounding_minutes"} <= local


def test_rules_without_software_are_few_known_and_explained() -> None:
    rows = read_table("policies/not-software.tsv")
    assert 0 < len(rows) <= 8
    assert all(row["id"] in RULES and len(row["reason"]) > 20 for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)


def test_all_175_mechanisms_are_carried_over() -> None:
    assert len(RULES) == 175


def test_places_form_one_tree_with_the_demo_communities_in_it() -> None:
    rows = {row["code"]: row for row in read_table("places/places.tsv")}
    assert all(row["parent"] in rows for row in rows.values() if row["kind"] != "province")
    path = ["340104-L01-C01"]
    while parent := rows[path[0]]["parent"]:
        path.insert(0, parent)
    assert tuple(path) == QINGHE
    assert rows["340104-L02-C01"]["name"] == "听竹社区"
    made_up = [row for code, row in rows.items() if code.startswith("340104-")]
    assert [row["official"] for row in made_up] == ["no"] * 4


# ------------------------------------------------------------------------------- strictness

BUDGET, REVIEW, DAYS = "grants.budget", "grants.review", "needs.overdue_days"
MUTATIONS: list[tuple[str, str, dict[str, Any]]] = [  # key refused, table changed, change
    ("grant", "", {"grant": {}}),
    ("identity", "", {"identity": GONE}),
    ("pack", "", {"indicators": SHUSHAN["indicators"] * 2}),
    ("identity.key", "identity", {"key": "Shushan"}),
    ("identity.jurisdiction", "identity", {"jurisdiction": "3401"}),
    ("identity.valid_from", "identity", {"valid_from": "soon"}),
    ("identity", "identity", {"valid_to": date(2018, 12, 31)}),
    ("identity.title.fr", "identity.title", {"fr": "titre"}),
    (f"{DAYS}.value", DAYS, {"value": "15"}),
    (f"{DAYS}.value", DAYS, {"value": 0}),
    (f"{DAYS}.value", DAYS, {"value": True}),
    (f"{DAYS}.source", DAYS, {"source": "SS4"}),
    (f"{DAYS}.unit", DAYS, {"unit": "d"}),
    (DAYS, DAYS, {"note": ""}),
    (DAYS, DAYS, {"clause": "§1"}),
    ("indicators[0]", "indicators.0", {"clause": ""}),
    ("indicators[1].value.bound", "indicators.1.value", {"bound": "3/0"}),
    ("indicators[2].value.bound", "indicators.2.value", {"bound": 0.01}),
    (f"{BUDGET}.caps[0].value.holds_in[1]", f"{BUDGET}.caps.0.value", {"holds_in": ["plan", "x"]}),
    (BUDGET, f"{BUDGET}.caps.0.value", {"line": "banquets"}),
    (f"{BUDGET}.cost_lines.value[3].cap", f"{BUDGET}.cost_lines.value.3", {"cap": "1/2"}),
    (REVIEW, f"{REVIEW}.rubric.0.value", {"max_points": 31}),
    (f"{REVIEW}.rubric[2].value.key", f"{REVIEW}.rubric.2.value", {"key": GONE}),
    (f"{REVIEW}.priority[1].value", f"{REVIEW}.priority.1", {"value": "friend_of_the_mayor"}),
    ("volunteers", "volunteers.star_hours", {"value": [100, 300, 300]}),
    ("volunteers", "volunteers.minimum_minutes", {"value": 481}),
    ("volunteers.day_starts_at.value", "volunteers.day_starts_at", {"value": "24:00"}),
]


@pytest.mark.parametrize(("key", "table", "change"), MUTATIONS)
def test_an_unfit_pack_is_refused_with_the_path_of_the_key(
    key: str, table: str, change: dict[str, Any]
) -> None:
    pack = copy.deepcopy(SHUSHAN)
    node: Any = pack
    for step in filter(None, table.split(".")):
        node = node[int(step)] if step.isdigit() else node[step]
    node.update(change)
    for gone in [name for name, value in change.items() if value is GONE]:
        del node[gone]
    with pytest.raises(PackError) as refused:
        parse_pack(pack)
    assert refused.value.key == key
    assert refused.value.reason


def test_a_city_that_rules_less_brings_fewer_groups() -> None:
    pack = parse_pack({"identity": SHUSHAN["identity"]})
    assert (pack.grants, pack.volunteers, pack.indicators, pack.needs) == (None, None, (), None)


def test_the_hash_follows_the_bytes_of_the_file() -> None:
    content = PACK_FILE.read_bytes()
    assert pack_sha256(content) != pack_sha256(content + b"\n")
    assert pack_sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


# ------------------------------------------------------------------------------- choosing


def test_the_nearest_jurisdiction_rules_whatever_the_order_of_the_packs() -> None:
    city, district = pack_with(key="hefei-2025", jurisdiction=CITY), PACK
    for packs in ([city, district], [district, city]):
        assert choose_pack(packs, QINGHE, date(2026, 3, 1)) is district
        assert choose_pack(packs, QINGHE[:2], date(2026, 3, 1)) is city


@pytest.mark.parametrize(
    ("on", "version"),
    [
        (date(2018, 12, 31), None),
        (date(2019, 1, 1), 1),
        (date(2023, 12, 31), 1),
        (date(2024, 1, 1), 3),
        (date(2025, 6, 30), 3),
        (date(2025, 7, 1), None),
    ],
)
def test_the_pack_in_force_on_the_day_rules(on: date, version: int | None) -> None:
    last_day = date(2025, 6, 30)
    packs = [
        pack_with(version=3, valid_from=date(2024, 1, 1), valid_to=last_day),
        pack_with(version=2, valid_from=date(2024, 1, 1), valid_to=last_day),
        pack_with(version=1, valid_to=date(2024, 12, 31)),
    ]
    chosen = choose_pack(packs, QINGHE, on)
    assert (chosen and chosen.identity.version) == version


def test_no_pack_rules_elsewhere() -> None:
    assert choose_pack([PACK], ("320000", "320500", "320583"), date(2026, 3, 1)) is None


# ------------------------------------------------------------------------------- integers


@pytest.mark.parametrize(
    "text", ["", "1", "1/0", "/2", "-1/2", "1.5/2", "1/2/3", " 1/2", "1/2\n", "01/2", "１/２"]
)
def test_what_is_no_ratio_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a ratio is written like 1/10"):
        ratio(text)


@given(st.integers(0, 999_999_999), st.integers(1, 999_999_999))
def test_a_ratio_keeps_its_two_numbers(numerator: int, denominator: int) -> None:
    assert ratio(f"{numerator}/{denominator}") == (numerator, denominator)


@given(
    part=st.integers(0, 10**12),
    whole=st.integers(1, 10**12),
    bound=st.tuples(st.integers(0, 10**4), st.integers(1, 10**4)),
)
def test_comparisons_agree_with_exact_fractions(
    part: int, whole: int, bound: tuple[int, int]
) -> None:
    text, exact = f"{bound[0]}/{bound[1]}", Fraction(part, whole) - Fraction(*bound)
    assert is_within(part, whole, Direction.AT_LEAST, text) == (exact >= 0)
    assert is_within(part, whole, Direction.AT_MOST, text) == (exact <= 0)
    assert is_within(part, whole, Direction.ABOVE, text) == (exact > 0)
    assert is_within(part, whole, Direction.BELOW, text) == (exact < 0)


@pytest.mark.parametrize(("part", "whole"), [(-1, 10), (1, -10)])
def test_counts_are_never_negative(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="never negative"):
        is_within(part, whole, Direction.AT_LEAST, "1/10")


@given(total=st.integers(0, 10**12), share=st.tuples(st.integers(0, 50), st.integers(50, 99)))
def test_a_share_is_the_most_fen_that_keep_the_cap(total: int, share: tuple[int, int]) -> None:
    text = f"{share[0]}/{share[1]}"
    most = share_fen(total, text)
    assert is_within(most, total, Direction.AT_MOST, text)
    assert not is_within(most + 1, total, Direction.AT_MOST, text)


@pytest.mark.parametrize(
    ("index", "reached", "of", "missed"),
    [
        pytest.param(0, 300, 3_000, 299, marks=pytest.mark.rule("SS-11")),
        pytest.param(1, 90, 300, 89, marks=pytest.mark.rule("SS-12")),
        pytest.param(2, 3, 300, 2, marks=pytest.mark.rule("SS-13")),
    ],
)
def test_a_target_includes_its_own_figure(index: int, reached: int, of: int, missed: int) -> None:
    target = PACK.indicators[index].value
    assert is_target_met(target, reached, of)
    assert not is_target_met(target, missed, of)
    assert not is_target_met(target, 0, 0)
