"""Writes of surveys, by topic."""

from backend.surveys.actions.answering import submit_response
from backend.surveys.actions.raising import raise_survey_need
from backend.surveys.actions.running import (
    close_survey,
    create_survey,
    open_survey,
    write_questionnaire,
)

__all__ = [
    "close_survey",
    "create_survey",
    "open_survey",
    "raise_survey_need",
    "submit_response",
    "write_questionnaire",
]
