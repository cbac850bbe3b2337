"""The rotating code of a shift, as text and as a drawing for the screen."""

import asyncio
from functools import lru_cache
from urllib.parse import urlencode
from uuid import UUID

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage

from backend import settings
from backend.core import clock
from backend.core.access import Actor
from backend.core.tokens import CODE_STEP_S, code_valid_until, rotating_code
from backend.volunteers import rules
from backend.volunteers.queries.shifts import get_shift_for
from backend.volunteers.schemas import ShiftCodeView
from backend.volunteers.types import Direction

_DRAWINGS_KEPT = 64


async def get_shift_code(actor: Actor, shift_id: UUID, direction: Direction) -> ShiftCodeView:
    """The code of this moment for a leader's screen; the link opens the app from any camera."""
    shift = await get_shift_for(actor, shift_id)
    at = await clock.now()
    code = rotating_code(rules.code_event(shift.id, direction), at)
    query = urlencode({"direction": direction.value, "code": code})
    return ShiftCodeView(
        code=code,
        link=f"{settings.current().public_url}/check-in/shifts/{shift.id}?{query}",
        valid_until=code_valid_until(at),
        step_s=CODE_STEP_S,
    )


async def draw_shift_code(actor: Actor, shift_id: UUID, direction: Direction) -> bytes:
    """The same code's link as a QR code (SVG); drawn off the event loop, once for each code."""
    shown = await get_shift_code(actor, shift_id, direction)
    return await asyncio.to_thread(_draw, shown.link)


@lru_cache(maxsize=_DRAWINGS_KEPT)
def _draw(link: str) -> bytes:
    drawing = qrcode.QRCode(error_correction=ERROR_CORRECT_M, image_factory=SvgPathImage)
    drawing.add_data(link)
    image: bytes = drawing.make_image().to_string()
    return image
