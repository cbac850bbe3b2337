"""HTTP doors of meetings, by topic."""

from litestar import Router

from backend.meetings.routes import meetings, session, topics

router = Router(
    "/v1",
    route_handlers=[*topics.HANDLERS, *meetings.HANDLERS, *session.HANDLERS],
    tags=["meetings"],
)
