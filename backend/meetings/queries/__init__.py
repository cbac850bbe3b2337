"""Reads of meetings, by topic."""

from backend.meetings.queries.live import admit_stream, issue_stream_ticket, snapshot_meeting
from backend.meetings.queries.meetings import (
    get_meeting_for,
    get_quorum,
    get_rule_of,
    is_meeting_code,
    list_agenda,
    list_meetings,
    list_motion_ids,
    live_topic,
    local_day,
    read_roll,
    roll_of,
    show_meeting_code,
    view_meeting,
)
from backend.meetings.queries.resolutions import (
    find_need_of_motion,
    list_resolutions,
    view_resolution,
)
from backend.meetings.queries.topics import get_topic_for, list_topics, view_topic

__all__ = [
    "admit_stream", "find_need_of_motion", "get_meeting_for", "get_quorum", "get_rule_of",
    "get_topic_for", "is_meeting_code", "issue_stream_ticket", "list_agenda", "list_meetings",
    "list_motion_ids", "list_resolutions", "list_topics", "live_topic", "local_day", "read_roll",
    "roll_of", "show_meeting_code", "snapshot_meeting", "view_meeting", "view_resolution",
    "view_topic",
]  # fmt: skip
