"""Tables of volunteers: register, teams, shifts, sign-ups, presence, scans, hours."""

from piccolo.columns import JSONB, Boolean, Integer
from piccolo.columns.column_types import BigSerial
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from backend.core.columns import key, moment, place, refers_to, text, word


class VolunteerProfile(Table, tablename="volunteer_profiles"):
    """A registered volunteer (义工/志愿者); `number` is the public identifier."""

    id = key()
    person_id = refers_to("Person")
    place_code = place()
    number = word(20)
    skills = JSONB(default="[]")
    registered_at = moment()

    volunteer_profiles_once = Unique([person_id])
    volunteer_profiles_number_once = Unique([number])


class Team(Table, tablename="teams"):
    """A 三工 team (党工 + 社工 + 义工) of a project."""

    id = key()
    place_code = place()
    project_id = refers_to("Project", null=True, index=True)
    name = word(120)
    created_at = moment()


class TeamMember(Table, tablename="team_members"):
    """A person in a team in one capacity."""

    id = key()
    team_id = refers_to("Team")
    person_id = refers_to("Person", index=True)
    capacity = word(20)
    joined_at = moment()

    team_members_once = Unique([team_id, person_id, capacity])
    team_members_capacity = Check("capacity IN ('party_worker','social_worker','volunteer')")


class Activity(Table, tablename="activities"):
    """What a team does (活动), for a project and its need."""

    id = key()
    place_code = place()
    team_id = refers_to("Team", index=True)
    project_id = refers_to("Project", null=True, index=True)
    title = word(200)
    content = text()
    venue = word(120)
    created_at = moment()


class Shift(Table, tablename="shifts"):
    """One shift (班次) of an activity with a number of seats; `attendees` are people reached."""

    id = key()
    activity_id = refers_to("Activity", index=True)
    starts_at = moment()
    ends_at = moment()
    seats = Integer(default=None)
    break_minutes = Integer(default=0)
    attendees = Integer(default=None, null=True)
    policy_key = word(60)
    policy_version = word(20)
    hours_confirmed_at = moment(null=True)
    hours_confirmed_by = refers_to("Account", null=True)

    shifts_period = Check("ends_at > starts_at")
    shifts_seats = Check("seats > 0")
    shifts_attendees = Check("attendees >= 0")


class ShiftSeat(Table, tablename="shift_seats"):
    """A seat that exists: a sign-up refers to one, so that no shift is ever overbooked."""

    id = key()
    shift_id = refers_to("Shift")
    seat = Integer(default=None)

    shift_seats_once = Unique([shift_id, seat])


class SignUp(Table, tablename="sign_ups"):
    """A person holds a seat of a shift; a cancelled one gives the seat back."""

    id = key()
    shift_id = refers_to("Shift")
    person_id = refers_to("Person", index=True)
    capacity = word(20)
    seat = Integer(default=None, null=True)
    signed_up_at = moment()
    cancelled_at = moment(null=True)

    sign_ups_seat_once = Unique([shift_id, seat])
    sign_ups_seat = Check("(seat IS NULL) = (cancelled_at IS NOT NULL)")


class ShiftSession(Table, tablename="shift_sessions"):
    """One presence of a person at a shift, from check-in to check-out.

    One that nobody closed lapses, without hours, when its person checks in elsewhere afterwards.
    """

    id = key()
    shift_id = refers_to("Shift")
    person_id = refers_to("Person", index=True)
    in_at = moment()
    out_at = moment(null=True)
    lapsed_at = moment(null=True)

    shift_sessions_once = Unique([shift_id, person_id])
    shift_sessions_order = Check("out_at >= in_at")
    shift_sessions_lapsed = Check("lapsed_at IS NULL OR out_at IS NULL")


class Scan(Table, tablename="scans"):
    """Every attempt to check in or out, refused ones too, with client and server time."""

    id = BigSerial(primary_key=True)
    shift_id = refers_to("Shift", index=True)
    person_id = refers_to("Person", null=True)
    direction = word(5)
    proof = word(10)
    accepted = Boolean(default=None)
    reason = word(60)
    client_at = moment(null=True)
    server_at = moment()
    account_id = refers_to("Account")


class HoursEntry(Table, tablename="hours_entries"):
    """Minutes credited (服务时长); `ledger` keeps paid duty apart from volunteer service."""

    id = key()
    session_id = refers_to("ShiftSession")
    shift_id = refers_to("Shift", index=True)
    person_id = refers_to("Person", index=True)
    place_code = place()
    project_id = refers_to("Project", null=True, index=True)
    capacity = word(20)
    ledger = word(10)
    minutes = Integer(default=None)
    provenance = word(10)
    policy_key = word(60)
    policy_version = word(20)
    credited_at = moment()
    confirmed_at = moment(null=True)
    confirmed_by = refers_to("Account", null=True)

    hours_entries_once = Unique([session_id])
    hours_entries_ledger = Check("ledger IN ('volunteer','duty')")
    hours_entries_provenance = Check("provenance IN ('machine','make_up')")
    hours_entries_minutes = Check("minutes >= 0")
    hours_entries_duty = Check("(capacity = 'volunteer') = (ledger = 'volunteer')")
