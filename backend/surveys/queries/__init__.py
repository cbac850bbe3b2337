"""Reads of surveys, by topic."""

from backend.surveys.queries.responses import get_my_response, list_voices
from backend.surveys.queries.results import get_survey_results
from backend.surveys.queries.surveys import (
    Hold,
    get_survey_for,
    get_survey_view,
    list_surveys,
    view_survey,
)

__all__ = [
    "Hold",
    "get_my_response",
    "get_survey_for",
    "get_survey_results",
    "get_survey_view",
    "list_surveys",
    "list_voices",
    "view_survey",
]
