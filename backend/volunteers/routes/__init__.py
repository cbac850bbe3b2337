"""HTTP doors of volunteers, by topic."""

from litestar import Router

from backend.volunteers.routes.presence import (
    check_in_for_shift,
    confirm_hours,
    draw_shift_code,
    get_my_hours,
    get_shift_code,
    record_attendance,
)
from backend.volunteers.routes.shifts import cancel_sign_up, list_shifts, open_shift, sign_up
from backend.volunteers.routes.teams import (
    add_team_member,
    form_team,
    get_team,
    get_volunteer_profile,
    plan_activity,
    register_volunteer,
)

router = Router(
    "/v1",
    route_handlers=[
        register_volunteer,
        get_volunteer_profile,
        form_team,
        add_team_member,
        get_team,
        plan_activity,
        open_shift,
        list_shifts,
        sign_up,
        cancel_sign_up,
        get_shift_code,
        draw_shift_code,
        check_in_for_shift,
        record_attendance,
        confirm_hours,
        get_my_hours,
    ],
    tags=["volunteers"],
)

__all__ = ["router"]
