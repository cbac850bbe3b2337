"""Reads of volunteers, by topic."""

from backend.volunteers.queries.codes import draw_shift_code, get_shift_code
from backend.volunteers.queries.hours import get_my_hours, list_totals
from backend.volunteers.queries.presence import get_presence, sum_credited
from backend.volunteers.queries.profiles import get_volunteer_profile, is_volunteer_at
from backend.volunteers.queries.shifts import (
    get_activity_for,
    get_shift_for,
    get_shift_policy,
    get_shift_view,
    list_shifts,
)
from backend.volunteers.queries.teams import get_team, get_team_for, list_capacities

__all__ = [
    "draw_shift_code",
    "get_activity_for",
    "get_my_hours",
    "get_presence",
    "get_shift_code",
    "get_shift_for",
    "get_shift_policy",
    "get_shift_view",
    "get_team",
    "get_team_for",
    "get_volunteer_profile",
    "is_volunteer_at",
    "list_capacities",
    "list_shifts",
    "list_totals",
    "sum_credited",
]
