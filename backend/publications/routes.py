"""HTTP doors of publications: open to everybody, signed in or not."""

from uuid import UUID

from litestar import Router
from litestar.params import FromPath, FromQuery

from backend.core.access import Permission
from backend.core.doors import get
from backend.core.paging import After, Limit
from backend.core.wire import Page
from backend.publications import queries
from backend.publications.schemas import PublicationLine, PublicationView
from backend.publications.types import PublicationKind


@get("/places/{code:str}/publications", needs=Permission.PUBLIC)
async def list_publications(
    code: FromPath[str],
    kind: FromQuery[PublicationKind | None] = None,
    active: FromQuery[bool | None] = None,
    limit: Limit = 20,
    after: After = None,
) -> Page[PublicationLine]:
    """List what a place made public, newest first."""
    return await queries.list_publications(code, kind, active, limit, after)


@get("/publications/{publication_id:uuid}", needs=Permission.PUBLIC)
async def get_publication(publication_id: FromPath[UUID]) -> PublicationView:
    """Read a publication with everything that its SHA-256 covers.

    The hash is over the JSON of place_code, kind, title, text, facts, subject, starts_at and
    ends_at as they stand in the answer: keys sorted, no blanks, UTF-8.
    """
    return await queries.get_publication(publication_id)


router = Router("/v1", route_handlers=[list_publications, get_publication], tags=["publications"])
