"""Taking a seat of a shift, and giving it back."""

from collections.abc import Collection
from datetime import datetime

from backend.core.problems import Kind, Refusal
from backend.volunteers.types import Capacity

_PAID = {Capacity.PARTY_WORKER, Capacity.SOCIAL_WORKER}


class ShiftFull(Refusal):
    """Every seat of the shift is taken."""

    kind = Kind.CONFLICT
    code = "shift-full"
    zh = "本班次名额已满，请选择其他班次；有人取消后会空出名额。"
    en = "Every seat of this shift is taken; choose another, or look again later."
    constraint = "sign_ups_seat_once"


class AlreadySignedUp(Refusal):
    """A person holds at most one seat of a shift."""

    kind = Kind.CONFLICT
    code = "already-signed-up"
    zh = "您已报名本班次，无需重复报名。"
    en = "You have a seat in this shift already."
    constraint = "sign_ups_person_once"


class CapacityNotHeld(Refusal):
    """Volunteers of the community sign up as such; 党工 and 社工 only as members of the team."""

    kind = Kind.FORBIDDEN
    code = "capacity-not-held"
    zh = "您不能以该身份报名：志愿者须先登记，党工和社工须先由带队人员加入团队。"
    en = "You cannot sign up as that: volunteers register first, staff join the team first."


class DutyNotVolunteering(Refusal):
    """Whom the team has as 党工 or 社工 is on paid duty at its shifts (Decree 67 §19)."""

    kind = Kind.FORBIDDEN
    code = "duty-not-volunteering"
    zh = "您是本团队的党工或社工，参加本团队的班次属于在岗工作，不计志愿服务；请以该身份报名。"
    en = "You are paid staff of this team, so its shifts are duty; sign up in that capacity."


class SignUpsClosed(Refusal):
    """Nobody signs up for a shift that is over."""

    kind = Kind.CONFLICT
    code = "sign-ups-closed"
    zh = "本班次已结束，不能再报名。"
    en = "This shift is over."


class CancellationTooLate(Refusal):
    """A seat is given back before the shift starts, and not after checking in."""

    kind = Kind.CONFLICT
    code = "cancellation-too-late"
    zh = "班次已开始或您已签到，不能再取消报名，请联系带队人员。"
    en = "The shift has started or you have checked in; ask the team's leader."


def admit_sign_up(
    capacity: Capacity,
    *,
    held: Collection[Capacity],
    is_registered: bool,
    ends_at: datetime,
    at: datetime,
) -> None:
    """A registered volunteer signs up as volunteer, anybody else in her capacity in the team.

    `held` are the capacities in the team; a paid one is never left aside to volunteer.
    """
    if at >= ends_at:
        raise SignUpsClosed
    if capacity is Capacity.VOLUNTEER and _PAID & set(held):
        raise DutyNotVolunteering
    if capacity not in held and not (capacity is Capacity.VOLUNTEER and is_registered):
        raise CapacityNotHeld


def admit_cancellation(*, starts_at: datetime, was_present: bool, at: datetime) -> None:
    """A seat goes back only before the shift starts and before its holder checked in."""
    if at >= starts_at or was_present:
        raise CancellationTooLate
