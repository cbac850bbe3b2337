"""Writes of grants, by topic."""

from backend.grants.actions.applications import (
    draft_application,
    revise_application,
    submit_application,
)
from backend.grants.actions.awards import award_grant
from backend.grants.actions.calls import open_call
from backend.grants.actions.funds import commit_money, create_fund, record_contribution
from backend.grants.actions.review import assign_panel, score_application

__all__ = [
    "assign_panel",
    "award_grant",
    "commit_money",
    "create_fund",
    "draft_application",
    "open_call",
    "record_contribution",
    "revise_application",
    "score_application",
    "submit_application",
]
