"""Queued work of needs."""

from typing import Any
from uuid import UUID

from backend.needs import actions


async def tell_need_voices(payload: dict[str, Any]) -> None:
    """Outbox `tell_need_voices {need_id, step_id}`: tell everybody who named the need."""
    await actions.tell_voices(UUID(payload["need_id"]), UUID(payload["step_id"]))
