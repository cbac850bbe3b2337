"""The made-up community: the same for a seed, as big as promised, and plausible inside."""

import random
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.seeding.generate import (
    CommunitySpec,
    GeneratedCommunity,
    GeneratedResident,
    Occupancy,
    Relation,
    Sex,
    demo_id_number,
    demo_phone,
    generate_community,
    parse_names,
)
from backend.settings import SEED_DIR

NAMES_FILE = tomllib.loads((SEED_DIR / "demo" / "names.toml").read_text(encoding="utf-8"))
AS_OF = date(2026, 3, 1)
SPEC = CommunitySpec("340104-L01-C01", parse_names(NAMES_FILE), AS_OF)
SMALL = replace(SPEC, buildings=2, floors=4, empty_units=3, unsold_units=1, shared_units=2)
COMMUNITY = generate_community(SPEC, random.Random(2026))
SEEDS = st.integers(0, 2**32)


def age_of(resident: GeneratedResident, on: date = AS_OF) -> int:
    """Full years on the day."""
    born = resident.birth_on
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def members(community: GeneratedCommunity) -> list[dict[Relation, list[GeneratedResident]]]:
    """The residents of each household by their relation to its head."""
    households: list[dict[Relation, list[GeneratedResident]]] = []
    for household in community.households:
        by_relation: dict[Relation, list[GeneratedResident]] = {r: [] for r in Relation}
        for no in household.resident_nos:
            by_relation[community.residents[no].relation].append(community.residents[no])
        households.append(by_relation)
    return households


def test_the_same_seed_gives_the_same_community_and_another_seed_another() -> None:
    first, again = (generate_community(SMALL, random.Random(7)) for _ in range(2))
    assert first == again
    assert first != generate_community(SMALL, random.Random(8))


@pytest.mark.parametrize("seed", [1, 2026])
def test_counts_are_as_promised(seed: int) -> None:
    community = generate_community(SPEC, random.Random(seed))
    assert len(community.units) == 1_200
    assert len(community.households) == 1_200
    assert len(community.residents) == 3_000
    per_unit = Counter(household.unit_no for household in community.households)
    assert Counter(per_unit.values()) == {1: 1_080, 2: 60}


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_every_number_is_the_index_it_points_to(seed: int) -> None:
    community = generate_community(SMALL, random.Random(seed))
    for values in (community.units, community.households, community.residents, community.owners):
        assert [value.no for value in values] == list(range(len(values)))
    for household in community.households:
        assert household.representative_no in household.resident_nos
        for no in household.resident_nos:
            assert community.residents[no].household_no == household.no
    nos = [no for household in community.households for no in household.resident_nos]
    assert nos == list(range(len(community.residents)))


def test_units_are_twenty_buildings_of_sixty_with_areas_of_dwellings() -> None:
    assert Counter(unit.building for unit in COMMUNITY.units) == {
        f"{n}栋": 60 for n in range(1, 21)
    }
    assert len({(unit.building, unit.unit, unit.room) for unit in COMMUNITY.units}) == 1_200
    assert all(4_500 <= unit.area_centi <= 14_000 for unit in COMMUNITY.units)
    stacks = {
        (unit.building, unit.unit, unit.room[-2:], unit.area_centi) for unit in COMMUNITY.units
    }
    assert len(stacks) == 80


def test_the_age_pyramid_has_many_old_people_and_children() -> None:
    ages = [age_of(resident) for resident in COMMUNITY.residents]
    assert 0.17 < sum(age >= 60 for age in ages) / 3_000 < 0.25
    assert 0.15 < sum(age < 18 for age in ages) / 3_000 < 0.24
    assert min(ages) == 0
    assert max(ages) <= 99
    assert {age // 10 for age in ages} >= set(range(9))


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_families_fit_together(seed: int) -> None:
    community = generate_community(SMALL, random.Random(seed))
    for home in members(community):
        head = home[Relation.HEAD][0]
        assert len(home[Relation.HEAD]) == 1
        assert age_of(head) >= 18
        assert all(spouse.sex is not head.sex for spouse in home[Relation.SPOUSE])
        assert all(age_of(head) - age_of(child) >= 20 for child in home[Relation.CHILD])
        assert all(age_of(parent) - age_of(head) >= 20 for parent in home[Relation.PARENT])
        births = sorted(child.birth_on for child in home[Relation.CHILD])
        assert all((b - a).days > 300 for a, b in pairwise(births))


def test_children_bear_the_fathers_surname() -> None:
    fathers = [
        (next(p for p in (home[Relation.HEAD] + home[Relation.SPOUSE]) if p.sex is Sex.MALE), child)
        for home in members(COMMUNITY)
        if home[Relation.SPOUSE]
        for child in home[Relation.CHILD]
    ]
    assert len(fathers) > 300
    surnames = sorted(NAMES_FILE["surnames"], key=len, reverse=True)
    for father, child in fathers:
        surname = next(name for name in surnames if father.name.startswith(name))
        assert child.name.startswith(surname)


def test_phones_are_fictional_unique_and_for_adults() -> None:
    phones = [r.phone for r in COMMUNITY.residents if r.phone]
    outside = [o.phone for o in COMMUNITY.owners if o.resident_no is None and o.phone]
    everyone = phones + outside
    assert sorted(everyone) == [demo_phone(n) for n in range(COMMUNITY.next_phone)]
    assert demo_phone(0) == "19900000000"
    assert all(r.phone is None for r in COMMUNITY.residents if age_of(r) < 18)
    without = [r for r in COMMUNITY.residents if age_of(r) >= 18 and r.phone is None]
    assert without
    assert all(age_of(r) >= 80 for r in without)


def test_a_second_community_goes_on_with_other_phones() -> None:
    other = generate_community(replace(SMALL, first_phone=COMMUNITY.next_phone), random.Random(3))
    taken = {r.phone for r in COMMUNITY.residents if r.phone}
    assert taken.isdisjoint({r.phone for r in other.residents if r.phone})


def test_hukou_and_permanent_residence_are_separate_facts() -> None:
    facts = Counter((r.hukou_local, r.is_permanent) for r in COMMUNITY.residents)
    assert len(facts) == 4
    assert 0.55 < (facts[True, True] + facts[True, False]) / 3_000 < 0.75
    assert (facts[True, True] + facts[False, True]) / 3_000 > 0.9


def test_every_unit_is_owned_and_a_few_people_own_three() -> None:
    owned = {tenure.unit_no for tenure in COMMUNITY.tenures}
    assert owned == set(range(1_200))
    per_owner = Counter(tenure.owner_no for tenure in COMMUNITY.tenures)
    assert set(per_owner) == set(range(len(COMMUNITY.owners)))
    developer = [owner for owner in COMMUNITY.owners if owner.is_developer]
    assert [per_owner[owner.no] for owner in developer] == [6]
    people = [per_owner[owner.no] for owner in COMMUNITY.owners if not owner.is_developer]
    assert set(people) == {1, 2, 3}


def test_owners_who_live_in_their_unit_are_its_residents_and_tenants_own_nothing_there() -> None:
    owners_of: dict[int, set[int | None]] = {}
    for tenure in COMMUNITY.tenures:
        resident_no = COMMUNITY.owners[tenure.owner_no].resident_no
        owners_of.setdefault(tenure.unit_no, set()).add(resident_no)
    for household in COMMUNITY.households:
        own_here = owners_of[household.unit_no] & set(household.resident_nos)
        assert bool(own_here) == (household.occupancy is Occupancy.OWNS)
    assert len({household.occupancy for household in COMMUNITY.households}) == 3


def test_unsold_and_empty_units_have_nobody_inside() -> None:
    lived_in = {household.unit_no for household in COMMUNITY.households}
    developer = next(owner.no for owner in COMMUNITY.owners if owner.is_developer)
    unsold = {t.unit_no for t in COMMUNITY.tenures if t.owner_no == developer}
    assert unsold.isdisjoint(lived_in)
    assert len(lived_in) == 1_140


def test_a_spec_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="unsold units are empty units"):
        replace(SPEC, unsold_units=61)
    with pytest.raises(ValueError, match="more empty and shared units than units"):
        replace(SPEC, empty_units=1_000, shared_units=201)


def test_name_lists_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="order of their years"):
        parse_names({**NAMES_FILE, "eras": NAMES_FILE["eras"][::-1]})


@given(st.dates(date(1920, 1, 1), AS_OF), st.sampled_from(Sex), st.integers(0, 499))
def test_id_numbers_pass_gb_11643_and_tell_day_and_sex(birth_on: date, sex: Sex, n: int) -> None:
    number = demo_id_number(birth_on, sex, n)
    assert number[:14] == f"340104{birth_on:%Y%m%d}"
    assert int(number[16]) % 2 == (sex is Sex.MALE)
    digits = [10 if character == "X" else int(character) for character in number]
    total = sum(digit << (17 - index) for index, digit in enumerate(digits))  # ISO 7064 MOD 11-2
    assert total % 11 == 1


def test_id_numbers_of_one_day_differ_and_run_out() -> None:
    day = date(1960, 2, 29)
    assert len({demo_id_number(day, sex, n) for sex in Sex for n in range(500)}) == 1_000
    with pytest.raises(ValueError, match="0 … 499"):
        demo_id_number(day, Sex.MALE, 500)
