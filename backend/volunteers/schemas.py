"""What crosses the wire in volunteers."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from backend.core.wire import NOT_BLANK, Body, Line, Text, View
from backend.volunteers.types import Capacity, Direction, Ledger, Provenance

Moment = Annotated[datetime, Meta(tz=True, examples=["2026-12-05T06:00:00Z"])]
Skill = Annotated[
    str, Meta(min_length=1, max_length=40, pattern=NOT_BLANK, examples=["陪护", "理发"])
]
Name = Annotated[str, Meta(min_length=1, max_length=120, pattern=NOT_BLANK)]
PlaceCode = Annotated[str, Meta(min_length=2, max_length=24)]


class RegisterVolunteer(Body):
    """What somebody can do; the community is the one where she lives unless she names another."""

    skills: Annotated[list[Skill], Meta(max_length=20)]
    place_code: PlaceCode | None = None


class VolunteerProfileView(View):
    """A registered volunteer; `number` is the public identifier."""

    number: str
    person_id: UUID
    place_code: str
    skills: list[str]
    registered_at: datetime


class FormTeam(Body):
    """A team, and the project that it works for."""

    name: Annotated[Name, Meta(examples=["暮光陪伴三工队"])]
    project_id: UUID | None = None


class AddTeamMember(Body):
    """A person, and as what she serves."""

    person_id: UUID
    capacity: Capacity


class TeamMemberView(View):
    """A member of a team in one capacity."""

    id: UUID
    person_id: UUID
    name: str
    capacity: Capacity
    joined_at: datetime


class TeamView(View):
    """A 三工 team with its members."""

    id: UUID
    place_code: str
    project_id: UUID | None
    name: str
    members: list[TeamMemberView]


class PlanActivity(Body):
    """What a team does; the project is the team's unless another is named."""

    team_id: UUID
    title: Line
    content: Text
    venue: Name
    project_id: UUID | None = None


class ActivityView(View):
    """An activity (活动) of a team."""

    id: UUID
    place_code: str
    team_id: UUID
    project_id: UUID | None
    title: str
    content: str
    venue: str


class OpenShift(Body):
    """When, for how many, and how long the break in it is."""

    starts_at: Moment
    ends_at: Moment
    seats: Annotated[int, Meta(ge=1, le=500)]
    break_minutes: Annotated[int, Meta(ge=0, le=1440)] = 0


class ShiftView(View):
    """A shift (班次); `my_capacity` is set where the reader holds a seat."""

    id: UUID
    activity_id: UUID
    team_id: UUID
    project_id: UUID | None
    place_code: str
    title: str
    venue: str
    starts_at: datetime
    ends_at: datetime
    break_minutes: int
    seats: int
    seats_free: int
    attendees: int | None
    policy_key: str
    policy_version: str
    hours_confirmed_at: datetime | None
    my_capacity: Capacity | None = None


class SignUpForShift(Body):
    """As what somebody wants to serve."""

    capacity: Capacity


class SignUpView(View):
    """A seat of a shift."""

    id: UUID
    shift_id: UUID
    person_id: UUID
    capacity: Capacity
    seat: int
    signed_up_at: datetime


class ShiftCodeView(View):
    """The code to show on the screen now; the next one follows at `valid_until`."""

    code: str
    link: str
    valid_until: datetime
    step_s: int


class CheckInForShift(Body):
    """The code that was scanned, and when by the phone's own clock (kept, never counted)."""

    code: Annotated[str, Meta(min_length=1, max_length=200)]
    direction: Direction
    scanned_at: Moment | None = None


class PresenceView(View):
    """What a scan led to; `minutes` are credited when checking out."""

    shift_id: UUID
    direction: Direction
    repeated: bool
    in_at: datetime
    out_at: datetime | None
    minutes: int | None
    ledger: Ledger
    text_zh: str
    text_en: str


class RecordAttendance(Body):
    """How many people the shift reached."""

    attendees: Annotated[int, Meta(ge=0, le=100_000)]


class HoursTotal(View):
    """Minutes of one ledger and capacity, and how many of them are confirmed."""

    ledger: Ledger
    capacity: Capacity
    minutes: int
    confirmed_minutes: int


class ConfirmationView(View):
    """Confirmed hours of a shift; `unfinished` people never checked out and got none."""

    shift_id: UUID
    confirmed_at: datetime
    entries: int
    unfinished: int
    attendees: int | None
    totals: list[HoursTotal]


class HoursEntryView(View):
    """Credited minutes of one presence, under the policy that was pinned for the shift."""

    id: UUID
    shift_id: UUID
    title: str
    place_code: str
    project_id: UUID | None
    capacity: Capacity
    ledger: Ledger
    minutes: int
    in_at: datetime
    out_at: datetime
    provenance: Provenance
    policy_key: str
    policy_version: str
    credited_at: datetime
    confirmed_at: datetime | None


class HoursView(View):
    """A person's hours: totals by ledger and capacity, entries with the newest first."""

    totals: list[HoursTotal]
    items: list[HoursEntryView]
    next: str | None
