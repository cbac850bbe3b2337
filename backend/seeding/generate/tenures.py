"""Who owns what: residents, people who live elsewhere, and the developer of unsold units."""

from dataclasses import dataclass, field

from backend.seeding.generate.households import Register
from backend.seeding.generate.names import draw_given_name, draw_surname
from backend.seeding.generate.types import (
    GeneratedHousehold,
    GeneratedOwner,
    GeneratedTenure,
    Occupancy,
    Relation,
)

_PERCENT_CO_OWNING_SPOUSE = 40
_PERCENT_LET_BY_A_RESIDENT = 15
_PERCENT_OF_THIRD_UNITS = 20
_YEARS_OF_BIRTH = (1950, 1995)


@dataclass(slots=True)
class _Deeds:
    """The land register while it is drawn; `units_of` counts the units of resident owners."""

    owners: list[GeneratedOwner] = field(default_factory=list)
    tenures: list[GeneratedTenure] = field(default_factory=list)
    units_of: dict[int, int] = field(default_factory=dict)

    def enter(
        self, name: str, resident_no: int | None, phone: str | None, is_developer: bool = False
    ) -> int:
        owner_no = len(self.owners)
        self.owners.append(GeneratedOwner(owner_no, name, resident_no, phone, is_developer))
        return owner_no

    def assign(self, unit_no: int, owner_no: int) -> None:
        self.tenures.append(GeneratedTenure(unit_no, owner_no))


def draw_owners(
    register: Register, unsold: frozenset[int]
) -> tuple[tuple[GeneratedOwner, ...], tuple[GeneratedTenure, ...]]:
    """Every unit gets an owner; some residents own two or three units."""
    deeds = _Deeds()
    lived_in = {
        household.unit_no: household
        for household in register.households
        if household.occupancy is Occupancy.OWNS
    }
    for unit_no, household in lived_in.items():
        _enter_living_owners(register, deeds, unit_no, household)
    for unit_no in sorted(set(range(register.spec.unit_count)) - lived_in.keys() - unsold):
        deeds.assign(unit_no, _find_letting_owner(register, deeds))
    if unsold:
        developer = deeds.enter(register.spec.developer, None, None, is_developer=True)
        for unit_no in sorted(unsold):
            deeds.assign(unit_no, developer)
    return tuple(deeds.owners), tuple(sorted(deeds.tenures, key=lambda row: row.unit_no))


def _enter_living_owners(
    register: Register, deeds: _Deeds, unit_no: int, household: GeneratedHousehold
) -> None:
    for resident_no in household.resident_nos:
        resident = register.residents[resident_no]
        is_head = resident.relation is Relation.HEAD
        is_spouse = resident.relation is Relation.SPOUSE
        if is_head or (is_spouse and register.happens(_PERCENT_CO_OWNING_SPOUSE)):
            owner_no = deeds.enter(resident.name, resident_no, resident.phone)
            deeds.assign(unit_no, owner_no)
            if is_head:
                deeds.units_of[owner_no] = 1


def _find_letting_owner(register: Register, deeds: _Deeds) -> int:
    """A resident who owns a second or third unit, or somebody who lives elsewhere."""
    wanted = 2 if register.happens(_PERCENT_OF_THIRD_UNITS) else 1
    candidates = [no for no, count in deeds.units_of.items() if count == wanted]
    if candidates and register.happens(_PERCENT_LET_BY_A_RESIDENT):
        owner_no = register.rng.choice(candidates)
        deeds.units_of[owner_no] += 1
        return owner_no
    return _enter_outside_owner(register, deeds)


def _enter_outside_owner(register: Register, deeds: _Deeds) -> int:
    names, rng = register.spec.names, register.rng
    is_male = register.happens(50)
    given = draw_given_name(names, is_male, rng.randint(*_YEARS_OF_BIRTH), rng)
    return deeds.enter(draw_surname(names, rng) + given, None, register.take_phone())
