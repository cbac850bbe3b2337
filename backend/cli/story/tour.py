"""Doors that the story has no use for, tried once so that the contract can show them."""

from backend.cli.story.cast import Cast
from backend.cli.story.stage import Stage
from backend.seeding.people import COMMUNITY


async def tour(stage: Stage, cast: Cast) -> None:
    """Read what was made in the story, and use the few doors that nobody needed."""
    for path in (f"/v1/places/{COMMUNITY}/households?limit=2",):
        await stage.ask(cast.chair, "GET", path)
