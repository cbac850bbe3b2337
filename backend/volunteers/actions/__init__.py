"""Writes of volunteers, by topic.

One lock order wherever seats and presence change: the person, then the shift.
"""

from backend.volunteers.actions.check_in import check_in_for_shift
from backend.volunteers.actions.confirmation import confirm_hours, record_attendance
from backend.volunteers.actions.registration import register_volunteer
from backend.volunteers.actions.shifts import open_shift, plan_activity
from backend.volunteers.actions.sign_ups import cancel_sign_up, sign_up
from backend.volunteers.actions.teams import add_team_member, form_team

__all__ = [
    "add_team_member",
    "cancel_sign_up",
    "check_in_for_shift",
    "confirm_hours",
    "form_team",
    "open_shift",
    "plan_activity",
    "record_attendance",
    "register_volunteer",
    "sign_up",
]
