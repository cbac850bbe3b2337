"""Generate a community (小区 with its 房屋, 户, 居民, 业主): deterministic for a seed, no I/O."""

from backend.seeding.generate.community import generate_community
from backend.seeding.generate.identity import demo_id_number, demo_phone
from backend.seeding.generate.names import Era, NameStock, parse_names
from backend.seeding.generate.types import (
    CommunitySpec,
    GeneratedCommunity,
    GeneratedHousehold,
    GeneratedOwner,
    GeneratedResident,
    GeneratedTenure,
    GeneratedUnit,
    Occupancy,
    Relation,
    Sex,
)

__all__ = [
    "CommunitySpec",
    "Era",
    "GeneratedCommunity",
    "GeneratedHousehold",
    "GeneratedOwner",
    "GeneratedResident",
    "GeneratedTenure",
    "GeneratedUnit",
    "NameStock",
    "Occupancy",
    "Relation",
    "Sex",
    "demo_id_number",
    "demo_phone",
    "generate_community",
    "parse_names",
]
