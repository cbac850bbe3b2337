"""The story from end to end: one need travels the whole way."""

import httpx

from backend.cli.story.call import play_call
from backend.cli.story.cast import assemble
from backend.cli.story.meeting import play_meeting
from backend.cli.story.outcome import play_outcome, read_indicators
from backend.cli.story.record import Recording, recording_of
from backend.cli.story.shifts import play_shifts
from backend.cli.story.stage import Stage
from backend.cli.story.survey import play_survey
from backend.cli.story.tour import tour


async def record_story(address: str) -> Recording:
    """Play the story and then the doors it has no use for; returns one exchange of each."""
    async with httpx.AsyncClient(base_url=address, timeout=30) as http:
        recording = await recording_of(http)
    await play_story(address, recording)
    return recording


async def play_story(address: str, recording: Recording | None = None) -> Stage:
    """Play all five acts against a running server; returns what was seen.

    Raises `StoryError` at the first step that is not as the story says, and httpx's errors when
    nobody answers. With a `recording`, the doors that the story has no use for are tried too.
    """
    limits = httpx.Limits(max_connections=16)
    async with httpx.AsyncClient(base_url=address, timeout=30, limits=limits) as http:
        stage = Stage(http, recording=recording)
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
        if recording is not None:
            await tour(stage, cast)
        stage.say("")
        stage.say(f"Eve tried {stage.eve_refused} times and got nothing.")
        return stage
