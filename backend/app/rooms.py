"""The routers of all rooms, top to bottom."""

from litestar import Router

from backend.community.routes import router as community
from backend.grants.routes import router as grants
from backend.identity.routes import router as identity
from backend.indicators.routes import router as indicators
from backend.meetings.routes import router as meetings
from backend.needs.routes import router as needs
from backend.notices.routes import router as notices
from backend.organisations.routes import router as organisations
from backend.places.routes import router as places
from backend.policies.routes import router as policies
from backend.polls.routes import router as polls
from backend.projects.routes import router as projects
from backend.publications.routes import router as publications
from backend.surveys.routes import router as surveys
from backend.volunteers.routes import router as volunteers

ROUTERS: list[Router] = [
    grants,
    indicators,
    surveys,
    meetings,
    volunteers,
    projects,
    organisations,
    needs,
    polls,
    policies,
    publications,
    notices,
    community,
    identity,
    places,
]
