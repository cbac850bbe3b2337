"""Buildings and dwellings: rooms above one another have the same plan and the same area."""

from random import Random

from backend.seeding.generate.types import CommunitySpec, GeneratedUnit

_SMALLEST_CENTI, _USUAL_CENTI, _LARGEST_CENTI = 4_500, 8_900, 14_000


def lay_out_units(spec: CommunitySpec, rng: Random) -> tuple[GeneratedUnit, ...]:
    """All units, building by building, floor by floor; areas 45–140 m² in 0.01 m²."""
    units: list[GeneratedUnit] = []
    for building in range(1, spec.buildings + 1):
        for entrance in range(1, spec.entrances_per_building + 1):
            areas = [_draw_area(rng) for _ in range(spec.rooms_per_floor)]
            first_no = len(units)
            units.extend(
                GeneratedUnit(
                    no=first_no + (floor - 1) * spec.rooms_per_floor + door,
                    building=f"{building}栋",
                    unit=f"{entrance}单元",
                    room=f"{floor}{door + 1:02d}",
                    area_centi=area,
                )
                for floor in range(1, spec.floors + 1)
                for door, area in enumerate(areas)
            )
    return tuple(units)


def _draw_area(rng: Random) -> int:
    return round(rng.triangular(_SMALLEST_CENTI, _LARGEST_CENTI, _USUAL_CENTI))
