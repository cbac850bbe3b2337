"""Reads of polls, by topic."""

from backend.polls.queries.motions import (
    get_live_topic,
    get_motion,
    get_motion_facts,
    get_motion_for,
    get_result,
    list_motions,
    list_results,
    result_of,
)
from backend.polls.queries.rolls import (
    find_presence,
    get_quorum,
    get_roll,
    is_on_roll,
    list_roll_people,
    read_roll,
)
from backend.polls.queries.rules import GET_RULE_REFUSES, get_rule, read_rule
from backend.polls.schemas import MotionView, QuorumView, ResultView, RollPage

__all__ = [
    "GET_RULE_REFUSES", "MotionView", "QuorumView", "ResultView", "RollPage", "find_presence",
    "get_live_topic", "get_motion", "get_motion_facts", "get_motion_for", "get_quorum",
    "get_result", "get_roll", "get_rule", "is_on_roll", "list_motions", "list_results",
    "list_roll_people", "read_roll", "read_rule", "result_of",
]  # fmt: skip
