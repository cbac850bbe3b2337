"""The story from end to end: one need travels the whole way."""

from collections.abc import Callable

import httpx

from backend.cli.story.call import play_call
from backend.cli.story.cast import assemble
from backend.cli.story.meeting import play_meeting
from backend.cli.story.outcome import play_outcome, read_indicators
from backend.cli.story.shifts import play_shifts
from backend.cli.story.stage import Stage
from backend.cli.story.survey import play_survey

Recorder = Callable[[httpx.Request, httpx.Response], None]


async def play_story(address: str, recorder: Recorder | None = None) -> Stage:
    """Play all five acts against a running server; returns what was seen.

    Raises `StoryError` at the first step that is not as the story says, and httpx's errors when
    nobody answers. `recorder` is shown every exchange.
    """
    limits = httpx.Limits(max_connections=16)
    async with httpx.AsyncClient(base_url=address, timeout=30, limits=limits) as http:
        stage = Stage(http, recorder=recorder)
        stage.say(f"playing against {address}")
        cast = await assemble(stage)
        stage.say(
            f"{len(cast.residents)} residents, {len(cast.representatives)} representatives,"
            f" {1 + len(cast.committee)} committee members and {len(cast.staff)} staff sign in"
        )
        stage.figures["before"] = await read_indicators(stage, cast.chair)
        await play_survey(stage, cast)
        await play_meeting(stage, cast)
        await play_call(stage, cast)
        await play_shifts(stage, cast)
        await play_outcome(stage, cast)
        stage.say("")
        stage.say(f"Eve tried {stage.eve_refused} times and got nothing.")
        return stage
