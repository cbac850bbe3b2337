"""Whatever a client sends, it is never a fault of ours: no answer above 499."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api import Api, code_of
from tests.people import COMMUNITY, People

NUL = "a\x00b"
ODD_TEXTS = [NUL, "\x00", "\ud800", "\udfff\ud800", "\uffff", "\u202e", "😀" * 12, "'; DROP", "%"]
ODD_TIMES = [
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    "2030-01-01T00:00:00",
    "9999-12-31T23:59:59Z",
    "10000-01-01T00:00:00Z",
    "2030-02-30T00:00:00Z",
]
ODD_NUMBERS = [2**31, 2**63, 2**64, -(2**63) - 1, 10**400, 1e308, -0.0]


async def send(api: Api, path: str, raw: str | bytes, people: People) -> tuple[int, str]:
    """The status and code that an arbitrary body gets from the administrator's hand."""
    content = raw if isinstance(raw, bytes) else raw.encode()
    headers = {**people.administrator.bearer, "Content-Type": "application/json"}
    answer = await api.http.post(path, content=content, headers=headers)
    assert answer.status_code < 500, answer.text
    return answer.status_code, code_of(answer.json()) if answer.status_code >= 400 else ""


def order(people: People, **changes: Any) -> str:
    good = {
        "account_id": str(people.resident.account_id),
        "role": "volunteer",
        "place_code": COMMUNITY,
    }
    return json.dumps(good | changes)


@pytest.mark.parametrize("text", ODD_TEXTS)
async def test_odd_text_in_a_body(api: Api, people: People, text: str) -> None:
    status, _ = await send(api, "/v1/role-grants", order(people, place_code=text), people)
    assert status in (400, 404, 422)


async def test_a_nul_in_stored_text_is_named_as_such(api: Api, people: People) -> None:
    body = {"login": NUL, "password": "p", "totp": "123456"}
    problem = await api.post("/v1/staff-sessions", body, expect=422)
    assert code_of(problem) == "value-not-storable"
    assert "字符" in problem["detail"]


@pytest.mark.parametrize("value", ODD_TIMES)
async def test_odd_times_in_a_body(api: Api, people: People, value: str) -> None:
    status, _ = await send(api, "/v1/role-grants", order(people, valid_until=value), people)
    assert status in (201, 422)


@pytest.mark.parametrize("value", [*ODD_NUMBERS, [], {}, [[]], None, True])
async def test_odd_values_in_every_field(api: Api, people: People, value: Any) -> None:
    for name in ("account_id", "role", "place_code", "valid_until"):
        status, _ = await send(api, "/v1/role-grants", order(people, **{name: value}), people)
        assert status in (201, 400, 404, 422)


@pytest.mark.parametrize("depth", [100, 1_000, 100_000])
@pytest.mark.parametrize("shape", ["[]", '{"a":}'])
async def test_deep_json(api: Api, people: People, depth: int, shape: str) -> None:
    middle = len(shape) - 1
    deep = shape[:middle] * depth + "1" + shape[middle:] * depth
    for raw in (deep, order(people, place_code="HERE").replace('"HERE"', deep)):
        status, _ = await send(api, "/v1/role-grants", raw, people)
        assert status in (400, 422)


async def test_a_body_that_is_too_large(api: Api, people: People) -> None:
    status, code = await send(api, "/v1/role-grants", b'"' + b"a" * 1_000_001 + b'"', people)
    assert (status, code) == (400, "malformed-request")


@pytest.mark.parametrize("raw", ["NaN", "Infinity", '{"a":1e999}', '{"a":1,"a":2}', "\ufeff{}"])
async def test_json_at_the_edge(api: Api, people: People, raw: str) -> None:
    assert (await send(api, "/v1/role-grants", raw, people))[0] in (400, 422)


@pytest.mark.parametrize("spelled", ["%00", "a%00b", "%ED%A0%80", "%FF", "%C3%28", "%F0%9F%98%80"])
async def test_odd_paths_and_queries(api: Api, people: People, spelled: str) -> None:
    for path in (
        f"/v1/places/{spelled}",
        f"/v1/places?q={spelled}",
        f"/v1/places?parent={spelled}",
        f"/v1/places/{spelled}/households",
        f"/v1/role-grants/{spelled}",
    ):
        answer = await api.http.get(path, headers=people.social_worker.bearer)
        assert answer.status_code in (200, 404, 405, 422), path


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer \xff\xfe"},
        {"Authorization": "Basic eDp5"},
        {"Authorization": "bearer a.b.c"},
        {"Accept-Language": "\xff;q=\xff"},
        {"X-Request-Id": "\xff" * 20},
        {"Accept": "text/html"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "multipart/form-data; boundary="},
        {"Content-Type": "application/x-www-form-urlencoded"},
    ],
)
async def test_odd_headers(api: Api, people: People, headers: dict[str, str]) -> None:
    sent = {name: value.encode("latin-1") for name, value in headers.items()}
    for method, path in (("GET", "/v1/me"), ("GET", "/v1/places"), ("POST", "/v1/role-grants")):
        answer = await api.http.request(method, path, headers=sent, content=b"{}")
        assert answer.status_code < 500


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=_JSON)
async def test_any_json_at_all(api: Api, people: People, value: Any) -> None:
    raw = json.dumps(value)
    for path in ("/v1/role-grants", "/v1/sign-in-codes", "/v1/sessions/refresh"):
        assert (await send(api, path, raw, people))[0] in (400, 422)
