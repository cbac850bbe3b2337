"""Logs say what happened and never what somebody sent."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
import pytest_asyncio
import structlog
from litestar import Litestar, get

from backend import settings as settings_module
from backend.app.errors import EXCEPTION_HANDLERS
from backend.app.main import served_app
from backend.app.middleware import RequestFrame
from backend.core.db import atomic, fetch, fetch_value
from backend.core.logs import configure_logs
from tests.api import Api
from tests.people import COMMUNITY, People

PHONE = "19912345678"


class Lines:
    """What was logged so far."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    def of(self, event: str) -> list[dict[str, Any]]:
        return [line for line in self.all if line.get("event") == event]

    @property
    def all(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def lines() -> Iterator[Lines]:
    found = Lines()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    configure_logs(found.stream)
    yield found
    configure_logs(io.StringIO())
    root.handlers[:], root.level = before, level


async def test_a_request_is_one_json_line(api: Api, lines: Lines) -> None:
    await api.get("/v1/places", params={"q": "社区"}, headers={"X-Request-Id": "request-0001"})
    (line,) = lines.of("request")
    assert line | {"ms": 0, "timestamp": 0} == {
        "event": "request",
        "level": "info",
        "method": "GET",
        "route": "/v1/places",
        "status": 200,
        "request_id": "request-0001",
        "ms": 0,
        "timestamp": 0,
    }


async def test_a_route_is_logged_by_its_pattern(api: Api, lines: Lines) -> None:
    await api.get(f"/v1/places/{COMMUNITY}")
    await api.get(f"/v1/nowhere/{PHONE}", expect=404)
    assert [line["route"] for line in lines.of("request")] == ["/v1/places/{code}", "-"]


async def test_signing_in_leaves_no_phone_code_or_token(api: Api, lines: Lines) -> None:
    asked = await api.post("/v1/sign-in-codes", {"phone": PHONE}, expect=202)
    wrong = {"sign_in_code_id": asked["id"], "code": "000000", "device_name": "王阿姨的手机"}
    await api.post("/v1/sessions", wrong, expect=401)
    right = await api.post("/v1/sessions", wrong | {"code": asked["demo_code"]}, expect=401)
    await api.post("/v1/sign-in-codes", {"phone": PHONE}, expect=429)
    await api.post("/v1/sign-in-codes", {"phone": f"{PHONE}x"}, expect=422)
    await api.post("/v1/sign-in-codes", {"phone": PHONE, "extra": PHONE}, expect=422)
    staff = {"login": "shegong", "password": "hunter2", "totp": "123456"}
    await api.post("/v1/staff-sessions", staff, expect=401)
    await api.post("/v1/staff-sessions", staff | {"login": "hunter2\x00"}, expect=422)
    await api.post("/v1/sessions/refresh", {"refresh_token": "r" * 40}, expect=401)
    await api.get(f"/v1/places?q={PHONE}", who=None)
    assert right["status"] == 401
    assert len(lines.of("request")) == 10
    for secret in (PHONE, asked["demo_code"], "hunter2", "123456", "王阿姨", "r" * 40, asked["id"]):
        assert secret not in lines.text


async def test_a_bearer_token_is_not_logged(api: Api, people: People, lines: Lines) -> None:
    await api.get("/v1/me", who=people.resident)
    token = people.resident.bearer["Authorization"].partition(" ")[2]
    assert token not in lines.text
    assert people.resident.name not in lines.text


@get("/phone", sync_to_thread=False)
def fail_in_python() -> None:
    raise ValueError(f"cannot read {PHONE}")


@get("/detail")
async def fail_in_database() -> None:
    await fetch("INSERT INTO phones VALUES ($1)", PHONE)


@get("/cause")
async def fail_with_a_cause() -> None:
    try:
        await fetch("SELECT ($1::text)::uuid", PHONE)
    except asyncpg.PostgresError as error:
        raise KeyError(PHONE) from error


@pytest_asyncio.fixture(loop_scope="session")
async def failing(app: Litestar, db: None) -> httpx.AsyncClient:
    await fetch("CREATE TABLE phones (phone text CONSTRAINT no_nines CHECK (phone !~ '9'))")
    inner = Litestar(
        [fail_in_python, fail_in_database, fail_with_a_cause],
        exception_handlers=EXCEPTION_HANDLERS,
        openapi_config=None,
        logging_config=None,
    )
    inner.asgi_handler = RequestFrame(inner.asgi_handler)
    transport = httpx.ASGITransport(inner)  # type: ignore[arg-type]
    return httpx.AsyncClient(transport=transport, base_url="http://linli.test")


async def test_the_detail_of_a_database_error_is_not_logged(
    failing: httpx.AsyncClient, lines: Lines
) -> None:
    answer = await failing.get("/detail")
    assert answer.status_code == 500
    (line,) = lines.of("internal_error")
    assert (line["error"], line["sqlstate"]) == ("CheckViolationError", "23514")
    assert (line["constraint_name"], line["table_name"]) == ("no_nines", "phones")
    assert any("test_logs.py" in place for place in line["at"])
    assert PHONE not in lines.text + answer.text


@pytest.mark.parametrize("path", ["/phone", "/cause"])
async def test_the_message_of_an_error_is_not_logged(
    failing: httpx.AsyncClient, lines: Lines, path: str
) -> None:
    answer = await failing.get(path)
    assert answer.status_code == 500
    (line,) = lines.of("internal_error")
    assert line["request_id"] == answer.headers["x-request-id"]
    assert any(path.strip("/") in place or "fail_" in place for place in line["at"])
    assert PHONE not in lines.text + answer.text


async def test_a_refusal_by_the_database_is_logged_without_the_value(
    api: Api, lines: Lines
) -> None:
    body = {"login": f"{PHONE}\x00", "password": "p", "totp": "123456"}
    await api.post("/v1/staff-sessions", body, expect=422)
    (line,) = lines.of("database_refused")
    assert line["error"] == "CharacterNotInRepertoireError"
    assert PHONE not in lines.text


def test_other_libraries_speak_json_and_lose_what_errors_say(lines: Lines) -> None:
    log = logging.getLogger("some.library")
    log.warning("kept %s", "words")
    try:
        int(PHONE + "x")
    except ValueError:
        log.exception("failed with %s", sys.exc_info()[1])
        structlog.get_logger("x").exception("ours", exc_info=True)
    first, second, third = lines.all
    assert (first["logger"], first["event"]) == ("some.library", "kept words")
    assert second["error"] == third["error"] == "ValueError"
    assert PHONE not in lines.text


def test_the_servers_access_log_is_silent(lines: Lines) -> None:
    """It would print query strings, tickets of live streams among them."""
    logging.getLogger("uvicorn.access").info("GET /v1/meetings/1/live?ticket=secret")
    logging.getLogger("uvicorn.access").error("GET /v1/meetings/1/live?ticket=secret")
    assert lines.text == ""


async def test_the_served_app_configures_its_logs(
    lines: Lines, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, app: Litestar
) -> None:
    structlog.reset_defaults()
    heard = io.StringIO()
    monkeypatch.setattr(sys, "stderr", heard)
    monkeypatch.setenv("LINLI_ENV", "test")
    monkeypatch.setenv("LINLI_STATE_DIR", str(tmp_path))
    before = app.state.settings
    served_app()
    settings_module.use_settings(before)
    structlog.get_logger("any").warning("hello", number=1)
    assert json.loads(heard.getvalue())["number"] == 1


async def test_what_is_logged_inside_a_transaction_does_not_end_it(db: None, lines: Lines) -> None:
    async with atomic():
        structlog.get_logger("any").warning("odd", value=object(), name="王")
        assert await fetch_value("SELECT 1") == 1
    assert lines.of("odd")[0]["name"] == "王"
