"""The contract: OpenAPI 3.1, with examples recorded from the story.

Litestar derives most of it from the handlers; `complete_document` adds what it cannot know: that
some operations need an `Idempotency-Key`, readable names of pages, and one true example each.
"""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import ScalarRenderPlugin
from litestar.openapi.spec import (
    Components,
    Contact,
    OpenAPI,
    OpenAPIMediaType,
    OpenAPIType,
    Operation,
    Parameter,
    PathItem,
    Reference,
    Schema,
    SecurityScheme,
    Tag,
)

from backend.core.idempotency import MAX_KEY_LENGTH

EXAMPLES_FILE = Path(__file__).parent / "examples.json"
"""`{operation id: {"request": …, "response": …, "status": …}}`, written by `linli story`."""

_METHODS = ("get", "post", "put", "patch", "delete")
_KEY_HEADER = "Idempotency-Key"
_REF = "#/components/schemas/"
_TAGS = {
    "identity": "登录、会话、角色 Sign-in, sessions, roles",
    "places": "行政区划与社区 The administrative tree and communities",
    "community": "住户、居民、居委会与居民代表 Households, residents, members of bodies",
    "surveys": "问卷与需求调查 Needs surveys",
    "needs": "需求台账 The needs ledger",
    "meetings": "议事协商：议题、会议、决议 Topics, meetings, resolutions",
    "polls": "表决 Motions and ballots",
    "volunteers": "志愿服务：队伍、班次、签到、时长 Teams, shifts, check-in, hours",
    "organisations": "社会组织 Agencies and community organisations",
    "grants": "微创投：资金、征集、评审、资助 Funds, calls, applications, awards",
    "projects": "服务项目 Service projects and their evidence",
    "indicators": "指标与反馈闭环 Indicators and feedback loops",
    "publications": "公示与居务公开 Publications",
    "policies": "政策参数 Policy packs",
    "notices": "消息 Inbox",
    "problems": "错误说明 What a problem means",
    "clock": "演示时钟 The demo clock",
    "health": "运行状态 Health",
}


def openapi_config() -> OpenAPIConfig:
    """Title, security scheme and the browsable page at `/schema`."""
    bearer = SecurityScheme(
        type="http",
        scheme="bearer",
        description="The `access_token` of `POST /v1/sessions` or `POST /v1/staff-sessions`",
    )
    return OpenAPIConfig(
        title="Linli (邻里)",
        version="0.1.0",
        description="The backend of urban communities. Errors are RFC 9457 problems everywhere.",
        contact=Contact(name="Linli maintainers"),
        path="/schema",
        render_plugins=[ScalarRenderPlugin()],
        components=Components(security_schemes={"bearer": bearer}),
        use_handler_docstrings=False,
        tags=[Tag(name=name, description=words) for name, words in _TAGS.items()],
    )


def complete_document(app: Litestar, examples: Path = EXAMPLES_FILE) -> None:
    """Complete the application's document in place; call once, when all routes are there."""
    document = app.openapi_schema
    keyed = {handler.operation_id for handler in _handlers(app) if handler.opt.get("key")}
    recorded = json.loads(examples.read_text()) if examples.is_file() else {}
    for operation in operations_of(document):
        for parameter in operation.parameters or []:
            if isinstance(parameter, Parameter):
                _tidy_parameter(parameter, needs_key=operation.operation_id in keyed)
        _add_example(operation, recorded.get(operation.operation_id, {}))
    _name_pages(document)


def operations_of(document: OpenAPI) -> Iterator[Operation]:
    """Every operation of a document, in the order of its paths."""
    for item in (document.paths or {}).values():
        if isinstance(item, PathItem):
            for method in _METHODS:
                if (operation := getattr(item, method)) is not None:
                    yield operation


def _handlers(app: Litestar) -> Iterator[HTTPRouteHandler]:
    for route in app.routes:
        for handler in getattr(route, "route_handlers", []):
            if isinstance(handler, HTTPRouteHandler):
                yield handler


def _tidy_parameter(parameter: Parameter, *, needs_key: bool) -> None:
    """A parameter is there or it is not: it is never null."""
    schema = parameter.schema
    if parameter.name == _KEY_HEADER:
        parameter.required = needs_key
        parameter.schema = Schema(
            type=OpenAPIType.STRING, min_length=1, max_length=MAX_KEY_LENGTH, pattern="^[!-~]+$"
        )
    elif isinstance(schema, Schema) and schema.one_of:
        given = [one for one in schema.one_of if not _is_null(one)]
        if len(given) == 1:
            only = given[0]
            parameter.schema = (
                only
                if isinstance(only, Reference)
                else replace(schema, one_of=None, type=only.type, format=only.format)
            )


def _is_null(schema: Schema | Reference) -> bool:
    return isinstance(schema, Schema) and schema.type is OpenAPIType.NULL


def _add_example(operation: Operation, recorded: dict[str, Any]) -> None:
    if recorded.get("request") is not None and operation.request_body is not None:
        _put(getattr(operation.request_body, "content", None), recorded["request"])
    if recorded.get("response") is None:
        return
    for status, response in (operation.responses or {}).items():
        if status.startswith("2"):  # a repeat (200) answers like the first time (201)
            _put(getattr(response, "content", None), recorded["response"])


def _put(content: dict[str, OpenAPIMediaType] | None, value: Any) -> None:
    """Raw, because Litestar would drop the nulls of the example."""
    for media_type in (content or {}).values():
        media_type.example = msgspec.Raw(msgspec.json.encode(value))


def _name_pages(document: OpenAPI) -> None:
    """`Page_backend.places.schemas.PlaceView_` is `PlaceViewPage` to a generated client."""
    schemas = (document.components or Components()).schemas or {}
    names = {
        name: f"{name.rstrip('_').rpartition('.')[2]}Page"
        for name in schemas
        if name.startswith("Page_")
    }
    for old, new in names.items():
        schemas[new] = schemas.pop(old)
    for reference in _references(document):
        name = reference.ref.removeprefix(_REF)
        reference.ref = _REF + names.get(name, name)


def _references(node: Any) -> Iterator[Reference]:
    if isinstance(node, Reference):
        yield node
    elif is_dataclass(node):
        for field in fields(node):
            yield from _references(getattr(node, field.name))
    elif isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _references(child)
