"""Doors: how a room declares an HTTP handler.

`@post("/surveys/{survey_id:uuid}/opening", needs=Permission.RUN_SURVEYS, refuses=(...))`: what it
needs, which refusals it may give (they become the declared errors of the contract), and whether
an `Idempotency-Key` must come with it. The first line of the docstring is the summary.
"""

from collections.abc import Callable, Iterable
from typing import Annotated, Any

from litestar import Request
from litestar import delete as _delete
from litestar import get as _get
from litestar import patch as _patch
from litestar import post as _post
from litestar import put as _put
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import HeaderParameter, SkipValidation

from backend.core import idempotency
from backend.core.access import Actor, Permission
from backend.core.idempotency import (
    IdempotencyKeyInvalid,
    IdempotencyKeyMissing,
    IdempotencyKeyReused,
    Once,
)
from backend.core.problems import (
    Conflict,
    InvalidRequest,
    Malformed,
    NotFound,
    NotPermitted,
    NotSignedIn,
    Refusal,
    TooManyRequests,
    Unavailable,
    ValueNotStorable,
)
from backend.core.wire import Problem

PROBLEM_MEDIA_TYPE = "application/problem+json"
Refusals = Iterable[type[Refusal]]
Declare = Callable[[Callable[..., Any]], HTTPRouteHandler]

Asking = SkipValidation[Actor]
OneTime = SkipValidation[Once]
HttpRequest = Request[Any, Any, Any]
IdempotencyKeyHeader = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key",
        description="A fresh random key for each intent; send the same one when you retry",
    ),
]


def _always(needs: Permission, path: str, *, writes: bool) -> list[type[Refusal]]:
    """What any handler may answer: by its lock, its path, its body."""
    found: list[type[Refusal]] = [Malformed, TooManyRequests, Unavailable]
    if needs is not Permission.PUBLIC:
        found.append(NotSignedIn)
    if needs not in (Permission.PUBLIC, Permission.SIGNED_IN):
        found.append(NotPermitted)
    if "{" in path:
        found.append(NotFound)
    if writes:
        found.append(IdempotencyKeyInvalid)
    return [*found, InvalidRequest, ValueNotStorable]


def _declared(refusals: Refusals) -> dict[int, ResponseSpec]:
    """The refusals of a handler as OpenAPI responses, grouped by status."""
    by_status: dict[int, list[str]] = {}
    for refusal in dict.fromkeys(refusals):
        status = refusal().status
        by_status.setdefault(status, []).append(f"`{refusal.code}`: {refusal.en}")
    return {
        status: ResponseSpec(
            data_container=Problem,
            media_type=PROBLEM_MEDIA_TYPE,
            description="; ".join(lines),
            generate_examples=False,
        )
        for status, lines in sorted(by_status.items())
    }


def _door(
    make: Any,
    path: str,
    needs: Permission,
    refuses: Refusals,
    *,
    key: bool = False,
    options: dict[str, Any],
) -> Declare:
    writes, more = make is _post, options.pop("responses", {})
    refusals = [*_always(needs, path, writes=writes), *refuses]
    if writes and needs is not Permission.PUBLIC:
        refusals.append(IdempotencyKeyReused)
    if key:
        refusals.append(IdempotencyKeyMissing)
    if make is not _get:
        refusals.append(Conflict)
    security: list[dict[str, list[str]]] = [] if needs is Permission.PUBLIC else [{"bearer": []}]

    def declare(handler: Callable[..., Any]) -> HTTPRouteHandler:
        summary, _, rest = (handler.__doc__ or "").strip().partition("\n")
        made: HTTPRouteHandler = make(
            path,
            opt={"needs": needs, "refuses": tuple(refusals), "key": key},
            operation_id=handler.__name__,
            summary=summary,
            description=" ".join(rest.split()) or summary,
            responses={**_declared(refusals), **more},
            security=security,
            **options,
        )(handler)
        return made

    return declare


def get(path: str, *, needs: Permission, refuses: Refusals = (), **options: Any) -> Declare:
    """A read."""
    return _door(_get, path, needs, refuses, options=options)


def post(
    path: str, *, needs: Permission, refuses: Refusals = (), key: bool = False, **options: Any
) -> Declare:
    """A creation; `key=True` where an `Idempotency-Key` must come with it."""
    return _door(_post, path, needs, refuses, key=key, options=options)


def put(path: str, *, needs: Permission, refuses: Refusals = (), **options: Any) -> Declare:
    """A replacement."""
    return _door(_put, path, needs, refuses, options=options)


def patch(path: str, *, needs: Permission, refuses: Refusals = (), **options: Any) -> Declare:
    """A change of some fields."""
    return _door(_patch, path, needs, refuses, options=options)


def delete(path: str, *, needs: Permission, refuses: Refusals = (), **options: Any) -> Declare:
    """An end."""
    return _door(_delete, path, needs, refuses, options=options)


def provide_actor(request: HttpRequest) -> Actor:
    """The actor that the access guard found for this request."""
    actor: Actor = request.scope["user"]
    return actor


async def provide_once(
    request: HttpRequest, actor: Asking, idempotency_key: IdempotencyKeyHeader = None
) -> Any:
    """What makes this request take effect once; refuses a missing or unreadable key."""
    handler = request.route_handler
    idempotency.require_key(idempotency_key, needed=bool(handler.opt["key"]))
    return Once(
        account_id=actor.account_id,
        operation=handler.handler_name.rpartition(".")[2],
        key=idempotency_key,
        request_hash=idempotency.request_hash(request.url.path, await request.body()),
    )
