"""Decisions of needs: how a need moves on, who may voice it, what those who named it are told."""

from backend.needs.rules.states import NeedDeclined, NeedNotAnswered, decide_state, may_move
from backend.needs.rules.voices import VoiceNotResident, require_residents
from backend.needs.rules.words import answered_step, message_of

__all__ = [
    "NeedDeclined",
    "NeedNotAnswered",
    "VoiceNotResident",
    "answered_step",
    "decide_state",
    "may_move",
    "message_of",
    "require_residents",
]
