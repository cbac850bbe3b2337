"""What is committed under `api_spec/` is what the code says, and the contract is whole."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
import schemathesis
from litestar import Litestar

from backend.app.contract import stale_files
from backend.app.contract.events import COMPUTED, list_events
from backend.app.contract.operations import list_operations
from backend.app.contract.rules import list_proofs, list_rules
from backend.app.schema import EXAMPLES_FILE, complete_document, openapi_config
from backend.core.access import Permission
from backend.places.routes import router as places
from tests.api import Api
from tests.house.sources import ROOT, require_none

SPEC = ROOT / "api_spec"
METHODS = ("get", "post", "put", "patch", "delete")

PUBLIC = {
    "explain_problem",
    "get_call",
    "get_organisation",
    "get_place",
    "get_policy",
    "get_publication",
    "list_calls",
    "list_organisations",
    "list_places",
    "list_policies",
    "list_publications",
    "open_session",
    "open_staff_session",
    "read_clock",
    "read_live",
    "read_ready",
    "refresh_session",
    "request_sign_in_code",
    "watch_meeting",
}
"""Open to everybody; `watch_meeting` asks for a ticket, because a browser sends no header there."""

NOT_AUDITED = {
    "hear_need": "recorded as raise_need, which rooms above call as well",
    "request_sign_in_code": "nothing has happened yet; the codes are rows of their own",
    "open_staff_session": "recorded as open_session",
    "refresh_session": "the same session goes on",
    "read_notice": "one's own reading mark",
    "issue_stream_ticket": "a signed word good for a minute; nothing is stored",
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The committed document."""
    return dict(json.loads((SPEC / "openapi.json").read_text()))


@pytest.fixture(scope="module")
def operations(document: dict[str, Any]) -> dict[str, Any]:
    """Each operation by its id."""
    return {
        operation["operationId"]: operation
        for path in document["paths"].values()
        for method, operation in path.items()
        if method in METHODS
    }


def test_generated_files_are_current(app: Litestar) -> None:
    """`make spec` would change nothing."""
    require_none(path.name for path in stale_files(SPEC, app))


async def test_the_served_document_is_the_committed_one(api: Api, document: dict[str, Any]) -> None:
    assert await api.get("/schema/openapi.json") == document


def test_every_operation_is_described(operations: dict[str, Any]) -> None:
    poor = {
        name
        for name, one in operations.items()
        if not (one.get("summary") and one.get("description") and one.get("tags"))
        or ("security" in one) == (name in PUBLIC)
        or not any(status.startswith("4") for status in one["responses"])
    }
    require_none(poor)


def test_problems_have_their_own_media_type(operations: dict[str, Any]) -> None:
    other = [
        f"{name} {status}"
        for name, one in operations.items()
        for status, response in one["responses"].items()
        if status[0] in "45" and set(response["content"]) != {"application/problem+json"}
    ]
    require_none(other)


def test_every_operation_has_an_example(operations: dict[str, Any]) -> None:
    """Bodies that are sent and bodies that come back, as the story recorded them."""
    bare = []
    for name, one in operations.items():
        bodies = [one["requestBody"]] if "requestBody" in one else []
        bodies += [body for status, body in one["responses"].items() if status[0] == "2"]
        media = [media for body in bodies for media in body.get("content", {}).values()]
        if not all("example" in shown for shown in media):
            bare.append(name)
    require_none(bare)


def test_examples_fit_their_schemas(document: dict[str, Any], operations: dict[str, Any]) -> None:
    wrong = []
    for name, one in operations.items():
        for body in [one.get("requestBody", {}), *one["responses"].values()]:
            for kind, media in body.get("content", {}).items():
                if "example" in media and kind.endswith("json"):
                    schema = {**media["schema"], "components": document["components"]}
                    validator = jsonschema_rs.Draft202012Validator(schema)
                    wrong += [
                        f"{name}: {e.message}" for e in validator.iter_errors(media["example"])
                    ]
    require_none(wrong)


def test_a_recording_lands_in_the_document_with_its_nulls(tmp_path: Path) -> None:
    file = tmp_path / "examples.json"
    answer = {"items": [], "next": None}
    file.write_text(json.dumps({"list_places": {"status": 200, "response": answer}}))
    built = Litestar([places], openapi_config=openapi_config())
    complete_document(built, file)
    document = json.loads(msgspec.json.encode(built.openapi_schema.to_schema()))
    content = document["paths"]["/v1/places"]["get"]["responses"]["200"]["content"]
    assert content["application/json"] == {
        "schema": {"$ref": "#/components/schemas/PlaceViewPage"},
        "example": answer,
    }
    assert "PlaceViewPage" in document["components"]["schemas"]


def test_the_document_is_valid_openapi(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    schemathesis.openapi.from_dict(document).validate()


def test_no_example_is_of_a_verb_that_is_gone(operations: dict[str, Any]) -> None:
    recorded = json.loads(EXAMPLES_FILE.read_text()) if EXAMPLES_FILE.is_file() else {}
    require_none(set(recorded) - set(operations))


async def test_a_problem_type_explains_itself(api: Api) -> None:
    said = await api.get("/problems/too-many-requests", headers={"Accept-Language": "en"})
    assert said["status"] == 429
    assert said["facts"] == ["retry_after_s"]
    assert "{retry_after_s} seconds" in said["sentence"]
    chinese = await api.get("/problems/too-many-requests")
    assert "操作过于频繁" in chinese["sentence"]
    await api.get("/problems/no-such-code", expect=404)


def test_events_are_named_in_the_source() -> None:
    require_none(event.place for event in list_events() if event.name == COMPUTED)


def test_every_change_is_audited_under_its_verb(app: Litestar) -> None:
    """`cast_ballot` is handler, action, operation, test file and audit event."""
    events = {event.name for event in list_events()}
    unaudited = {
        one.name
        for one in list_operations(app)
        if one.method != "GET" and one.name not in events and one.name not in NOT_AUDITED
    }
    require_none(unaudited)


def test_marked_rules_exist() -> None:
    known = {row["id"] for row in list_rules()}
    require_none(line for line in list_proofs().items() if line[0] not in known)


def test_public_operations_are_few_and_meant(app: Litestar) -> None:
    """Whoever opens a door to everybody says so here as well."""
    public = {one.name for one in list_operations(app) if one.needs is Permission.PUBLIC}
    require_none(public ^ PUBLIC)
