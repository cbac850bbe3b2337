"""The routers of all rooms, top to bottom."""

from litestar import Router

from backend.identity.routes import router as identity
from backend.places.routes import router as places

ROUTERS: list[Router] = [
    identity,
    places,
]
