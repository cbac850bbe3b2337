"""The demo: places, rules, packs, and a community that lives; all in one transaction.

What has a name of a person here is generated from a seed and fictional.
"""

import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from backend.community.actions import load_register, seat_person
from backend.community.types import (
    CommunityBody,
    NewHousehold,
    NewResidency,
    NewTenure,
    NewUnit,
    Office,
    Register,
)
from backend.core import clock
from backend.core.access import Role
from backend.core.columns import new_id
from backend.core.db import atomic, fetch_value
from backend.identity.actions import (
    give_staff_login,
    grant_roles,
    hash_password,
    open_accounts,
    register_people,
)
from backend.identity.types import NewGrant, NewPerson, Sex
from backend.seeding.generate import (
    CommunitySpec,
    GeneratedCommunity,
    demo_id_number,
    generate_community,
    parse_names,
)
from backend.seeding.generate import Sex as GeneratedSex
from backend.seeding.money import load_money
from backend.seeding.people import (
    CHAIR_LOGIN,
    COMMITTEE_SIZE,
    COMMUNITY,
    OTHER_COMMUNITY,
    PASSWORD,
    REPRESENTATIVES,
    STAFF,
    DemoStaff,
)
from backend.seeding.reference import load_reference
from backend.settings import SEED_DIR

Say = Callable[[str], None]
SEED = 20190601


@dataclass(frozen=True, slots=True)
class DemoSize:
    """How many buildings, floors and so on the two communities get."""

    buildings: int = 20
    floors: int = 15
    empty_units: int = 60
    shared_units: int = 60
    other_buildings: int = 2


async def is_seeded() -> bool:
    """Whether the demo's places and people are there."""
    return bool(await fetch_value("SELECT EXISTS (SELECT 1 FROM people)"))


async def seed_demo(size: DemoSize | None = None, say: Say = lambda _: None) -> None:
    """Load everything of the demo, or nothing."""
    chosen = size or DemoSize()
    async with atomic():
        say("places, rules and policy packs")
        await load_reference()
        at = await clock.now()
        spec = _spec(COMMUNITY, at.date(), chosen)
        say(f"{spec.unit_count} units and their residents, fictional names")
        community = generate_community(spec, _dice(SEED))
        people = await _load_community(community, at.date())
        await _seat_bodies(community, people, at.date())
        other = replace(
            _spec(OTHER_COMMUNITY, at.date(), chosen),
            buildings=chosen.other_buildings,
            empty_units=2,
            unsold_units=0,
            shared_units=2,
            first_phone=community.next_phone,
        )
        await _load_community(generate_community(other, _dice(SEED + 1)), at.date())
        say("staff, organisations and the street fund")
        people_of_staff = await _load_staff()
        await load_money(people_of_staff)


def _dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  (names of a demo, the same every time)


def _spec(place_code: str, on: date, size: DemoSize) -> CommunitySpec:
    names = parse_names(tomllib.loads((SEED_DIR / "demo/names.toml").read_text()))
    return CommunitySpec(
        place_code=place_code,
        names=names,
        as_of=on,
        buildings=size.buildings,
        floors=size.floors,
        empty_units=size.empty_units,
        unsold_units=min(6, size.empty_units),
        shared_units=size.shared_units,
    )


async def _load_community(community: GeneratedCommunity, on: date) -> list[UUID]:
    """Put a generated community on the register; returns the residents' person ids by number."""
    people = [
        NewPerson(
            id=new_id(),
            name=resident.name,
            sex=Sex(resident.sex.value),
            birth_on=resident.birth_on,
            phone=resident.phone,
        )
        for resident in community.residents
    ]
    owners = _absent_owners(community)
    await register_people([*people, *owners.values()])
    with_phone = [person for person in people if person.phone]
    accounts = await open_accounts(with_phone)
    await grant_roles(
        [NewGrant(account, Role.RESIDENT, community.place_code) for account in accounts.values()]
    )
    ids = [person.id for person in people]
    await load_register(_register(community, ids, {no: o.id for no, o in owners.items()}, on))
    return ids


def _absent_owners(community: GeneratedCommunity) -> dict[int, NewPerson]:
    """Owners who do not live here; the developer is no person and stays out of the register."""
    return {
        owner.no: NewPerson(new_id(), owner.name, Sex.UNKNOWN, date(1970, 1, 1))
        for owner in community.owners
        if owner.resident_no is None and not owner.is_developer
    }


def _register(
    community: GeneratedCommunity, people: list[UUID], absent: dict[int, UUID], on: date
) -> Register:
    units = [
        NewUnit(new_id(), unit.building, unit.unit, unit.room, unit.area_centi)
        for unit in community.units
    ]
    households = [
        NewHousehold(
            new_id(),
            units[household.unit_no].id,
            f"{household.no + 1:05d}",
            people[household.representative_no],
        )
        for household in community.households
    ]
    owner_ids = absent | {
        owner.no: people[owner.resident_no]
        for owner in community.owners
        if owner.resident_no is not None
    }
    return Register(
        place_code=community.place_code,
        as_of=on,
        units=tuple(units),
        households=tuple(households),
        residencies=tuple(
            NewResidency(
                people[resident.no],
                households[resident.household_no].id,
                resident.relation.value,
                resident.hukou_local,
                resident.is_permanent,
            )
            for resident in community.residents
        ),
        tenures=tuple(
            NewTenure(units[tenure.unit_no].id, owner_ids[tenure.owner_no], "owner")
            for tenure in community.tenures
            if tenure.owner_no in owner_ids
        ),
    )


async def _seat_bodies(community: GeneratedCommunity, people: list[UUID], on: date) -> None:
    """Seat the committee and the representatives: adults with a phone, one a household."""
    seats = COMMITTEE_SIZE + REPRESENTATIVES
    eligible = [
        people[household.representative_no]
        for household in community.households
        if community.residents[household.representative_no].phone
    ][:seats]
    for number, person in enumerate(eligible):
        office = Office.CHAIR if number == 0 else Office.MEMBER
        body = CommunityBody.COMMITTEE if number < COMMITTEE_SIZE else CommunityBody.REPRESENTATIVES
        await seat_person(community.place_code, body, office, person, on)
    account = await fetch_value("SELECT id FROM accounts WHERE person_id = $1", eligible[0])
    chair = DemoStaff(CHAIR_LOGIN, "", Sex.UNKNOWN, on, ())
    await give_staff_login(account, CHAIR_LOGIN, hash_password(PASSWORD), chair.totp_secret)


async def _load_staff() -> dict[str, UUID]:
    """Accounts of the fixed people, with their roles; person ids by login."""
    people = {
        staff.login: NewPerson(
            id=new_id(),
            name=staff.name,
            sex=staff.sex,
            birth_on=staff.birth_on,
            id_number=_id_number(staff, number),
        )
        for number, staff in enumerate(STAFF)
    }
    await register_people(list(people.values()))
    accounts = await open_accounts(list(people.values()))
    password_hash = hash_password(PASSWORD)
    grants = []
    for staff in STAFF:
        account = accounts[people[staff.login].id]
        await give_staff_login(account, staff.login, password_hash, staff.totp_secret)
        grants += [NewGrant(account, role, place) for role, place in staff.roles]
    await grant_roles(grants)
    return {login: person.id for login, person in people.items()}


def _id_number(staff: DemoStaff, number: int) -> str | None:
    if staff.sex is Sex.UNKNOWN:
        return None
    generated = GeneratedSex(staff.sex.value)
    return demo_id_number(staff.birth_on, generated, number)
