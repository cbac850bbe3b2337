"""Writes of polls, by topic."""

from backend.polls.actions.ballots import cast_ballot
from backend.polls.actions.motions import (
    CREATE_MOTION_REFUSES,
    close_motion,
    create_motion,
    open_motion,
    withdraw_motions,
)
from backend.polls.actions.rolls import MARK_PRESENT_REFUSES, freeze_roll, mark_present
from backend.polls.actions.rules import load_voting_rules

__all__ = [
    "CREATE_MOTION_REFUSES",
    "MARK_PRESENT_REFUSES",
    "cast_ballot",
    "close_motion",
    "create_motion",
    "freeze_roll",
    "load_voting_rules",
    "mark_present",
    "open_motion",
    "withdraw_motions",
]
