"""Who lives together: kinds of household with their shares, and the ages inside each.

The shares give 2.5 people to a household, a fifth of them 60 or older and about a fifth children:
an ageing estate of a provincial capital. They are invented, not measured.
"""

from dataclasses import dataclass
from random import Random

from backend.seeding.generate.types import Relation, Sex

_YOUNGEST_MOTHER = 21
_OLDEST = 99


@dataclass(frozen=True, slots=True)
class FamilyKind:
    """A kind of household: its share in percent, the head's age, and who lives with the head."""

    percent: int
    head_age: tuple[int, int]
    others: tuple[Relation, ...] = ()
    is_female_percent: int = 40


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a family before it has a name and a birthday."""

    relation: Relation
    sex: Sex
    age: int


_SPOUSE, _CHILD, _PARENT = Relation.SPOUSE, Relation.CHILD, Relation.PARENT
FAMILY_KINDS = (
    FamilyKind(9, (62, 92), is_female_percent=65),
    FamilyKind(14, (60, 86), (_SPOUSE,)),
    FamilyKind(11, (22, 59)),
    FamilyKind(15, (24, 59), (_SPOUSE,)),
    FamilyKind(22, (27, 52), (_SPOUSE, _CHILD)),
    FamilyKind(10, (29, 50), (_SPOUSE, _CHILD, _CHILD)),
    FamilyKind(4, (27, 52), (_CHILD,), is_female_percent=70),
    FamilyKind(8, (30, 50), (_SPOUSE, _CHILD, _PARENT)),
    FamilyKind(4, (30, 48), (_SPOUSE, _CHILD, _PARENT, _PARENT)),
    FamilyKind(3, (21, 35), (Relation.FLATMATE,)),
)


def draw_families(count: int, rng: Random) -> list[FamilyKind]:
    """So many households, each kind by its exact share (largest remainder), in random order."""
    shares = [divmod(kind.percent * count, 100) for kind in FAMILY_KINDS]
    by_remainder = sorted(range(len(shares)), key=lambda index: -shares[index][1])
    raised = set(by_remainder[: count - sum(whole for whole, _ in shares)])
    families = [
        kind
        for index, kind in enumerate(FAMILY_KINDS)
        for _ in range(shares[index][0] + (index in raised))
    ]
    rng.shuffle(families)
    return families


def draw_members(kind: FamilyKind, rng: Random) -> list[Member]:
    """The head first, then the others with ages that fit the head's."""
    sex = Sex.FEMALE if rng.randrange(100) < kind.is_female_percent else Sex.MALE
    members = [Member(Relation.HEAD, sex, rng.randint(*kind.head_age))]
    for relation in kind.others:
        members.append(_draw_other(relation, members, rng))
    return members


def _draw_other(relation: Relation, members: list[Member], rng: Random) -> Member:
    head = members[0]
    same = [member for member in members if member.relation is relation]
    if relation is Relation.SPOUSE:
        return Member(relation, head.sex.other, max(20, head.age + rng.randint(-3, 3)))
    if relation is Relation.PARENT:
        sex = same[0].sex.other if same else rng.choice((Sex.FEMALE, Sex.FEMALE, Sex.MALE))
        age = same[0].age + rng.randint(-3, 3) if same else head.age + rng.randint(23, 34)
        return Member(relation, sex, min(_OLDEST, age))
    if relation is Relation.FLATMATE:
        return Member(relation, head.sex, max(20, head.age + rng.randint(-4, 4)))
    age = _sibling_age(same[0].age, head.age, rng) if same else head.age - rng.randint(24, 38)
    return Member(relation, rng.choice((Sex.FEMALE, Sex.MALE)), max(0, age))


def _sibling_age(first_age: int, head_age: int, rng: Random) -> int:
    gap = rng.randint(2, 5)
    if first_age >= gap:
        return first_age - gap
    return min(first_age + gap, head_age - _YOUNGEST_MOTHER)
