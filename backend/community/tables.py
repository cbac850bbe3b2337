"""Tables of a community: units, households, residencies, tenures, members of bodies."""

from piccolo.columns import BigInt, Boolean, Date
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from backend.core.columns import key, moment, place, refers_to, word


class Unit(Table, tablename="units"):
    """A dwelling (房屋); its area is in 0.01 m²."""

    id = key()
    place_code = place()
    building = word(20)
    entrance = word(20)
    room = word(20)
    area_centi = BigInt(default=None)

    units_once = Unique([place_code, building, entrance, room])
    units_area = Check("area_centi > 0")


class Household(Table, tablename="households"):
    """People who live as one household (户); two may share a unit."""

    id = key()
    place_code = place()
    unit_id = refers_to("Unit", index=True)
    number = word(20)
    representative_id = refers_to("Person", null=True)

    households_once = Unique([place_code, number])


class Residency(Table, tablename="residencies"):
    """A person lives in a household: 户籍 (`hukou_local`) and 常住 (`permanent`) are two facts."""

    id = key()
    person_id = refers_to("Person", index=True)
    household_id = refers_to("Household", index=True)
    place_code = place()
    relation = word(20)
    hukou_local = Boolean(default=False)
    permanent = Boolean(default=True)
    confirmed_at = moment(null=True)
    from_on = Date(default=None)
    to_on = Date(default=None, null=True)


class Tenure(Table, tablename="tenures"):
    """Who owns, rents or lends a unit, and since when."""

    id = key()
    unit_id = refers_to("Unit", index=True)
    person_id = refers_to("Person", index=True)
    kind = word(20)
    from_on = Date(default=None)
    to_on = Date(default=None, null=True)

    tenures_kind = Check("kind IN ('owner','tenant','borrower')")


class BodyMembership(Table, tablename="body_memberships"):
    """A seat in a body of the community: the committee, the residents' representatives."""

    id = key()
    place_code = place()
    body = word(30)
    office = word(20)
    person_id = refers_to("Person", index=True)
    from_on = Date(default=None)
    to_on = Date(default=None, null=True)

    body_memberships_body = Check("body IN ('committee','representatives','supervision')")
    body_memberships_office = Check("office IN ('chair','deputy','member')")
