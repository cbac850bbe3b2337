"""Tables of organisations: community organisations, agencies and their people."""

from piccolo.columns import Date
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from backend.core.columns import key, moment, place, refers_to, word


class Organisation(Table, tablename="organisations"):
    """A registered or filed organisation; `credit_code` is its GB 32100 number."""

    id = key()
    place_code = place()
    name = word(120)
    credit_code = word(18, null=True)
    kind = word(30)
    status = word(20)
    created_at = moment()

    organisations_credit_code_once = Unique([credit_code])
    organisations_kind = Check("kind IN ('social_organisation','agency','community_organisation')")
    organisations_status = Check("status IN ('registered','filed','suspended')")
    organisations_credit_code = Check("status <> 'registered' OR credit_code IS NOT NULL")


class OrganisationStaff(Table, tablename="organisation_staff"):
    """A person who works for an organisation; once at a time in one function (migration 0009)."""

    id = key()
    organisation_id = refers_to("Organisation", index=True)
    person_id = refers_to("Person", index=True)
    function = word(20)
    from_on = Date(default=None)
    to_on = Date(default=None, null=True)

    organisation_staff_period = Check("to_on >= from_on")
    organisation_staff_function = Check(
        "function IN ('manager','social_worker','finance','member')"
    )
