"""What is generated: frozen values that point at one another by number, counted from 0."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backend.seeding.generate.names import NameStock


class Sex(StrEnum):
    """Of a generated resident; decides the given name."""

    MALE = "male"
    FEMALE = "female"

    @property
    def other(self) -> "Sex":
        """The sex of a generated spouse."""
        return Sex.FEMALE if self is Sex.MALE else Sex.MALE


class Relation(StrEnum):
    """To the household's head (与户主关系)."""

    HEAD = "head"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    FLATMATE = "flatmate"


class Occupancy(StrEnum):
    """On what ground a household lives in its unit: 自住, 租住, 借住."""

    OWNS = "owns"
    RENTS = "rents"
    LIVES = "lives"


@dataclass(frozen=True, slots=True)
class CommunitySpec:
    """How big the community is; the defaults give 1,200 units, 1,200 households, 3,000 residents.

    `as_of` is the day on which ages hold. `first_phone` keeps two communities apart.
    """

    place_code: str
    names: NameStock
    as_of: date
    buildings: int = 20
    entrances_per_building: int = 2
    floors: int = 15
    rooms_per_floor: int = 2
    empty_units: int = 60
    unsold_units: int = 6
    shared_units: int = 60
    first_phone: int = 0
    developer: str = "梧桐家园置业有限公司（虚构）"

    def __post_init__(self) -> None:
        if not 0 <= self.unsold_units <= self.empty_units:
            raise ValueError("unsold units are empty units")
        if self.empty_units + self.shared_units > self.unit_count:
            raise ValueError("more empty and shared units than units")

    @property
    def unit_count(self) -> int:
        """Homes in all buildings."""
        per_entrance = self.floors * self.rooms_per_floor
        return self.buildings * self.entrances_per_building * per_entrance

    @property
    def household_count(self) -> int:
        """A shared unit holds two households, an empty one none."""
        return self.unit_count - self.empty_units + self.shared_units


@dataclass(frozen=True, slots=True)
class GeneratedUnit:
    """A dwelling (房屋); `area_centi` in 0.01 m²."""

    no: int
    building: str
    unit: str
    room: str
    area_centi: int


@dataclass(frozen=True, slots=True)
class GeneratedResident:
    """A person who lives here; 户籍 and 常住 are separate facts. Adults have a phone, with few
    exceptions among those of 80 and more: a person is not a phone."""

    no: int
    household_no: int
    name: str
    sex: Sex
    birth_on: date
    relation: Relation
    hukou_local: bool
    is_permanent: bool
    phone: str | None


@dataclass(frozen=True, slots=True)
class GeneratedHousehold:
    """People who live as one household (户); `representative_no` is its 户代表."""

    no: int
    unit_no: int
    occupancy: Occupancy
    representative_no: int
    resident_nos: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GeneratedOwner:
    """An owner (业主): a resident, somebody who lives elsewhere, or the developer."""

    no: int
    name: str
    resident_no: int | None
    phone: str | None
    is_developer: bool


@dataclass(frozen=True, slots=True)
class GeneratedTenure:
    """Who owns a unit (权属); co-owners have a row each and are one head (法释 §9)."""

    unit_no: int
    owner_no: int


@dataclass(frozen=True, slots=True)
class GeneratedCommunity:
    """A community; the `no` of each value is its index in its tuple."""

    place_code: str
    units: tuple[GeneratedUnit, ...]
    households: tuple[GeneratedHousehold, ...]
    residents: tuple[GeneratedResident, ...]
    owners: tuple[GeneratedOwner, ...]
    tenures: tuple[GeneratedTenure, ...]
    next_phone: int
