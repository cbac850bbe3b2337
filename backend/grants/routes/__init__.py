"""HTTP doors of grants: funds and calls, applications, review and award."""

from litestar import Router

from backend.grants.routes.applications import (
    draft_application,
    get_application,
    get_checklist,
    list_applications,
    revise_application,
    submit_application,
)
from backend.grants.routes.calls import (
    create_fund,
    get_call,
    get_fund,
    list_calls,
    list_funds,
    open_call,
    record_contribution,
)
from backend.grants.routes.review import (
    assign_panel,
    award_grant,
    get_ranking,
    score_application,
)

router = Router(
    "/v1",
    route_handlers=[
        create_fund,
        record_contribution,
        list_funds,
        get_fund,
        open_call,
        list_calls,
        get_call,
        draft_application,
        list_applications,
        get_application,
        get_checklist,
        revise_application,
        submit_application,
        assign_panel,
        score_application,
        get_ranking,
        award_grant,
    ],
    tags=["grants"],
)
