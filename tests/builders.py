"""What several test files build: an actor as the guard finds her."""

from datetime import UTC, datetime

from backend.core.access import Actor
from backend.core.tokens import AccessToken
from backend.identity.queries import find_actor
from tests.people import Someone

_LONG_AFTER = datetime(2200, 1, 1, tzinfo=UTC)


async def actor_of(someone: Someone) -> Actor:
    """Somebody as an actor with her roles, for actions that have no door of their own."""
    actor = await find_actor(AccessToken(someone.session_id, _LONG_AFTER))
    assert actor is not None
    return actor
