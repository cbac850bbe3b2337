"""Writes of meetings, by topic."""

from backend.meetings.actions.meetings import (
    add_agenda_item,
    call_meeting,
    close_meeting,
    give_notice,
)
from backend.meetings.actions.resolutions import adopt_resolution
from backend.meetings.actions.session import check_in_at_meeting, put_motion
from backend.meetings.actions.topics import propose_topic, support_topic

__all__ = [
    "add_agenda_item",
    "adopt_resolution",
    "call_meeting",
    "check_in_at_meeting",
    "close_meeting",
    "give_notice",
    "propose_topic",
    "put_motion",
    "support_topic",
]
