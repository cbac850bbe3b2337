"""The demo clock's door: where the law wants days to pass, a demo need not wait for them."""

from datetime import datetime
from typing import Annotated

from litestar import Router
from litestar.params import JSONBody
from msgspec import Meta

from backend import settings
from backend.core import clock
from backend.core.access import Permission
from backend.core.doors import Asking, OneTime, get, post
from backend.core.wire import Body, View


class AdvanceClock(Body):
    """How far forward: `3d`, `12h`, `30m` or `10s`."""

    step: Annotated[str, Meta(max_length=10, examples=["3d"])]


class ClockView(View):
    """The time by which everything is judged, and how far it stands ahead of the real one."""

    now: datetime
    ahead_s: int


@get("/clock", needs=Permission.PUBLIC)
async def read_clock() -> ClockView:
    """Read the time by which everything is judged."""
    return await _view()


async def _view() -> ClockView:
    ahead = await clock.shift()
    return ClockView(now=await clock.now(), ahead_s=int(ahead.total_seconds()))


@post(
    "/clock/advances",
    needs=Permission.MOVE_CLOCK,
    refuses=(clock.ClockIsReal, clock.ClockStepInvalid),
)
async def advance_clock(actor: Asking, data: JSONBody[AdvanceClock], once: OneTime) -> ClockView:
    """Move the demo clock forward; production refuses."""

    async def advance() -> ClockView:
        allowed = settings.current().has_demo_clock
        await clock.advance_clock(clock.parse_step(data.step), allowed=allowed, actor=actor)
        return await _view()

    return await once.run(advance, ClockView)


router = Router("/v1", route_handlers=[read_clock, advance_clock], tags=["clock"])
