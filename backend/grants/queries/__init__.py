"""Reads of grants, by topic."""

from backend.grants.queries.applications import (
    get_application,
    get_application_for,
    list_applicants,
    list_applications,
    list_lines,
    list_panel,
    lock_application_for,
    view_application,
    view_checklist,
    view_findings,
)
from backend.grants.queries.calls import (
    get_call,
    get_call_for,
    get_terms,
    list_calls,
    lock_call,
    view_call,
)
from backend.grants.queries.funds import (
    get_fund,
    get_fund_for,
    get_head,
    list_funds,
    lock_fund,
    view_fund,
)
from backend.grants.queries.review import get_ranking, view_ranking

__all__ = [
    "get_application",
    "get_application_for",
    "get_call",
    "get_call_for",
    "get_fund",
    "get_fund_for",
    "get_head",
    "get_ranking",
    "get_terms",
    "list_applicants",
    "list_applications",
    "list_calls",
    "list_funds",
    "list_lines",
    "list_panel",
    "lock_application_for",
    "lock_call",
    "lock_fund",
    "view_application",
    "view_call",
    "view_checklist",
    "view_findings",
    "view_fund",
    "view_ranking",
]
