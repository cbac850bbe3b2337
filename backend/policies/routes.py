"""HTTP doors of policies: open to everybody, signed in or not."""

from litestar import Router
from litestar.params import FromPath

from backend.core.access import Permission
from backend.core.doors import HttpRequest, get
from backend.core.paging import After, Limit
from backend.core.problems import language_of
from backend.core.wire import Page
from backend.policies import queries
from backend.policies.schemas import PolicyLine, PolicyView


def _language(request: HttpRequest) -> str:
    return language_of(request.headers.get("accept-language"))


@get("/policies", needs=Permission.PUBLIC)
async def list_policies(
    request: HttpRequest, limit: Limit = 20, after: After = None
) -> Page[PolicyLine]:
    """List the policy packs by key and version."""
    return await queries.list_policies(_language(request), limit, after)


@get("/policies/{key:str}/{version:str}", needs=Permission.PUBLIC)
async def get_policy(
    request: HttpRequest, key: FromPath[str], version: FromPath[str]
) -> PolicyView:
    """Read a policy pack: every parameter with the clause or reason it stands on."""
    return await queries.get_policy(key, version, _language(request))


router = Router("/v1", route_handlers=[list_policies, get_policy], tags=["policies"])
