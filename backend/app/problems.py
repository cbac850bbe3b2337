"""What a problem means: the `type` of every problem is an address that explains it."""

from string import Formatter

from litestar import Router
from litestar.params import FromPath

from backend.core.access import Permission
from backend.core.doors import HttpRequest, get
from backend.core.problems import REFUSALS, TITLES, NotFound, Refusal, language_of
from backend.core.wire import View


class ProblemView(View):
    """A refusal in the reader's language; `{…}` in the sentence stands for a member of `facts`."""

    code: str
    status: int
    title: str
    sentence: str
    facts: list[str]


def facts_of(refusal: type[Refusal]) -> list[str]:
    """The names of the facts in a refusal's sentence."""
    return sorted({name for _, name, _, _ in Formatter().parse(refusal.zh) if name})


@get("/{code:str}", needs=Permission.PUBLIC)
async def explain_problem(code: FromPath[str], request: HttpRequest) -> ProblemView:
    """Explain the problem that stands behind a `type` address."""
    refusal = REFUSALS.get(code)
    if refusal is None:
        raise NotFound
    english = language_of(request.headers.get("accept-language")) == "en"
    return ProblemView(
        code=code,
        status=refusal().status,
        title=TITLES[refusal.kind][1 if english else 0],
        sentence=refusal.en if english else refusal.zh,
        facts=facts_of(refusal),
    )


router = Router("/problems", route_handlers=[explain_problem], tags=["problems"])
