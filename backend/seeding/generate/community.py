"""Put a community together: units, then who lives in them, then who owns them."""

from random import Random

from backend.seeding.generate.buildings import lay_out_units
from backend.seeding.generate.households import Register, settle_households
from backend.seeding.generate.tenures import draw_owners
from backend.seeding.generate.types import CommunitySpec, GeneratedCommunity


def generate_community(spec: CommunitySpec, rng: Random) -> GeneratedCommunity:
    """A fictional community; the same spec and seed give the same values (pure, below a second)."""
    units = lay_out_units(spec, rng)
    special = rng.sample(range(spec.unit_count), spec.empty_units + spec.shared_units)
    empty, shared = special[: spec.empty_units], frozenset(special[spec.empty_units :])
    register = Register(spec=spec, rng=rng, next_phone=spec.first_phone)
    settle_households(register, frozenset(empty), shared)
    owners, tenures = draw_owners(register, frozenset(empty[: spec.unsold_units]))
    return GeneratedCommunity(
        place_code=spec.place_code,
        units=units,
        households=tuple(register.households),
        residents=tuple(register.residents),
        owners=owners,
        tenures=tenures,
        next_phone=register.next_phone,
    )
