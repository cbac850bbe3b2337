"""HTTP doors of projects."""

from uuid import UUID

from litestar import Router
from litestar.params import FromPath

from backend.core.access import Permission
from backend.core.doors import Asking, get
from backend.core.paging import After, Limit
from backend.core.problems import NotFound
from backend.core.wire import Page
from backend.projects import queries
from backend.projects.schemas import EvidenceView, LedgerView, ProjectView


@get("/places/{code:str}/projects", needs=Permission.READ_PROJECTS, refuses=(NotFound,))
async def list_projects(
    actor: Asking, code: FromPath[str], limit: Limit = 20, after: After = None
) -> Page[ProjectView]:
    """List the projects at a place and below it."""
    return await queries.list_projects(actor, code, limit, after)


@get("/projects/{project_id:uuid}", needs=Permission.READ_PROJECTS)
async def get_project(actor: Asking, project_id: FromPath[UUID]) -> ProjectView:
    """Read one project."""
    return await queries.get_project_view(actor, project_id)


@get("/projects/{project_id:uuid}/evidence", needs=Permission.READ_PROJECTS)
async def get_evidence(
    actor: Asking, project_id: FromPath[UUID], limit: Limit = 20, after: After = None
) -> EvidenceView:
    """What counts for a project: need, decision, money, hours, people reached."""
    return await queries.get_evidence(actor, project_id, limit, after)


@get("/projects/{project_id:uuid}/ledger", needs=Permission.READ_PROJECTS)
async def get_ledger(
    actor: Asking, project_id: FromPath[UUID], limit: Limit = 20, after: After = None
) -> LedgerView:
    """The money of a project: committed, paid, spent."""
    return await queries.get_ledger(actor, project_id, limit, after)


router = Router(
    "/v1",
    route_handlers=[list_projects, get_project, get_evidence, get_ledger],
    tags=["projects"],
)
