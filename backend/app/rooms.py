"""The routers of all rooms, top to bottom."""

from litestar import Router

from backend.community.routes import router as community
from backend.identity.routes import router as identity
from backend.indicators.routes import router as indicators
from backend.needs.routes import router as needs
from backend.notices.routes import router as notices
from backend.organisations.routes import router as organisations
from backend.places.routes import router as places
from backend.policies.routes import router as policies
from backend.projects.routes import router as projects
from backend.publications.routes import router as publications
from backend.surveys.routes import router as surveys

ROUTERS: list[Router] = [
    indicators,
    surveys,
    projects,
    organisations,
    needs,
    policies,
    publications,
    notices,
    community,
    identity,
    places,
]
