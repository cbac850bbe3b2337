"""What crosses the wire in a community."""

from datetime import date
from uuid import UUID

from backend.community.types import CommunityBody, Office
from backend.core.wire import Body, View


class SeatMember(Body):
    """A person to seat in a body."""

    person_id: UUID
    body: CommunityBody
    office: Office = Office.MEMBER
    from_on: date | None = None


class SeatView(View):
    """A seat in a body."""

    id: UUID
    person_id: UUID
    name: str
    body: CommunityBody
    office: Office
    from_on: date


class HouseholdView(View):
    """A household as the register's keepers see it."""

    id: UUID
    number: str
    building: str
    entrance: str
    room: str
    residents: int
    representative: str | None
