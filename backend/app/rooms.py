"""The routers of all rooms, top to bottom."""

from litestar import Router

from backend.community.routes import router as community
from backend.identity.routes import router as identity
from backend.places.routes import router as places

ROUTERS: list[Router] = [
    community,
    identity,
    places,
]
