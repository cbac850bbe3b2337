"""Who lives where: a household for each inhabited unit, two in a shared one."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from backend.seeding.generate.families import FamilyKind, Member, draw_families, draw_members
from backend.seeding.generate.identity import demo_phone
from backend.seeding.generate.names import draw_given_name, draw_surname
from backend.seeding.generate.types import (
    CommunitySpec,
    GeneratedHousehold,
    GeneratedResident,
    Occupancy,
    Relation,
    Sex,
)

ADULT_AGE = 18
_VERY_OLD = 80
_PERCENT_OF_TENANTS = 22
_PERCENT_OF_VERY_OLD_WITHOUT_PHONE = 30
_PERCENT_OTHER_HUKOU_THAN_HEAD = 12
_PERCENT_AWAY = 3
_PERCENT_LOCAL_HUKOU = {Occupancy.OWNS: 80, Occupancy.RENTS: 18, Occupancy.LIVES: 55}
_PERCENT_PERMANENT = {Occupancy.OWNS: 97, Occupancy.RENTS: 88, Occupancy.LIVES: 92}


@dataclass(slots=True)
class Register:
    """What has been drawn so far; grows only inside one call of `generate_community`."""

    spec: CommunitySpec
    rng: Random
    next_phone: int
    households: list[GeneratedHousehold] = field(default_factory=list)
    residents: list[GeneratedResident] = field(default_factory=list)

    def happens(self, percent: int) -> bool:
        """True in `percent` of a hundred draws."""
        return self.rng.randrange(100) < percent

    def take_phone(self) -> str:
        """The next fictional number, each given once."""
        self.next_phone += 1
        return demo_phone(self.next_phone - 1)


@dataclass(slots=True)
class _Home:
    """What the members of one household share while they are drawn."""

    household_no: int
    is_local: bool
    is_permanent: bool
    heads_name: str = ""
    childrens_name: str = ""

    def surname_of(self, member: Member, own: str) -> str:
        """Children bear the father's surname, or a lone parent's; the head's father the head's."""
        if member.relation is Relation.CHILD:
            return self.childrens_name
        if member.relation is Relation.PARENT and member.sex is Sex.MALE:
            return self.heads_name
        if member.relation is Relation.HEAD:
            self.heads_name = self.childrens_name = own
        elif member.relation is Relation.SPOUSE and member.sex is Sex.MALE:
            self.childrens_name = own
        return own


def settle_households(register: Register, empty: frozenset[int], shared: frozenset[int]) -> None:
    """Fill the register, unit by unit."""
    families = iter(draw_families(register.spec.household_count, register.rng))
    for unit_no in range(register.spec.unit_count):
        if unit_no in empty:
            continue
        rents = register.happens(_PERCENT_OF_TENANTS)
        _settle(register, next(families), unit_no, Occupancy.RENTS if rents else Occupancy.OWNS)
        if unit_no in shared:
            second = Occupancy.RENTS if rents else Occupancy.LIVES
            _settle(register, next(families), unit_no, second)


def _settle(register: Register, kind: FamilyKind, unit_no: int, occupancy: Occupancy) -> None:
    home = _Home(
        household_no=len(register.households),
        is_local=register.happens(_PERCENT_LOCAL_HUKOU[occupancy]),
        is_permanent=register.happens(_PERCENT_PERMANENT[occupancy]),
    )
    head_no = len(register.residents)
    for member in draw_members(kind, register.rng):
        register.residents.append(_draw_resident(register, home, member))
    register.households.append(
        GeneratedHousehold(
            no=home.household_no,
            unit_no=unit_no,
            occupancy=occupancy,
            representative_no=head_no,
            resident_nos=tuple(range(head_no, len(register.residents))),
        )
    )


def _draw_resident(register: Register, home: _Home, member: Member) -> GeneratedResident:
    rng, names = register.rng, register.spec.names
    is_head = member.relation is Relation.HEAD
    birth_on = _draw_birth(register.spec.as_of, member.age, rng)
    given = draw_given_name(names, member.sex is Sex.MALE, birth_on.year, rng)
    differs = not is_head and register.happens(_PERCENT_OTHER_HUKOU_THAN_HEAD)
    is_away = not is_head and register.happens(_PERCENT_AWAY)
    return GeneratedResident(
        no=len(register.residents),
        household_no=home.household_no,
        name=home.surname_of(member, draw_surname(names, rng)) + given,
        sex=member.sex,
        birth_on=birth_on,
        relation=member.relation,
        hukou_local=home.is_local is not differs,
        is_permanent=home.is_permanent and not is_away,
        phone=_draw_phone(register, member.age),
    )


def _draw_birth(as_of: date, age: int, rng: Random) -> date:
    """A birthday on which the person has exactly that age in full years."""
    latest = as_of.replace(year=as_of.year - age, day=min(as_of.day, 28))
    return latest - timedelta(days=rng.randrange(365))


def _draw_phone(register: Register, age: int) -> str | None:
    if age < ADULT_AGE:
        return None
    if age >= _VERY_OLD and register.happens(_PERCENT_OF_VERY_OLD_WITHOUT_PHONE):
        return None
    return register.take_phone()
