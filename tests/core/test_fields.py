"""A refused body names the very field, in words a person understands."""

from typing import Annotated, Any
from uuid import uuid4

import httpx
import pytest
from litestar import Litestar, post
from litestar.params import JSONBody
from msgspec import Meta, field

from backend.app.errors import EXCEPTION_HANDLERS
from backend.core.wire import Body, Fen, Text
from tests.api import Api, code_of
from tests.people import COMMUNITY, People

GOOD = {"account_id": str(uuid4()), "role": "resident", "place_code": COMMUNITY}


async def refused(api: Api, who: Any, body: Any, language: str = "zh-CN") -> dict[str, Any]:
    problem = await api.post(
        "/v1/role-grants", body, who=who, expect=422, headers={"Accept-Language": language}
    )
    assert code_of(problem) == "invalid-request"
    (error,) = problem["errors"]
    assert problem["fields"] == [error["field"]]
    return dict(error)


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"role": None}, "role", "应为文字。"),
        ({"role": "king"}, "role", "不在可选范围内。"),
        ({"account_id": "7"}, "account_id", "编号不正确。"),
        ({"place_code": ""}, "place_code", "至少 2 个字符。"),
        ({"place_code": "x" * 25}, "place_code", "最多 24 个字符。"),
        ({"place_code": 7}, "place_code", "应为文字。"),
        ({"valid_until": "tomorrow"}, "valid_until", "时间须写成 2026-01-01T08:00:00+08:00。"),
        ({"valid_until": "2030-01-01T00:00:00"}, "valid_until",
         "时间须写成 2026-01-01T08:00:00+08:00。"),
        ({"surprise": 1}, "surprise", "没有此项，请删去。"),
    ],
)  # fmt: skip
async def test_the_field_and_what_to_do(
    api: Api, people: People, change: dict[str, Any], field: str, message: str
) -> None:
    error = await refused(api, people.administrator, GOOD | change)
    assert (error["field"], error["message"]) == (field, message)
    assert error["reason"]


async def test_a_missing_field_is_named(api: Api, people: People) -> None:
    body = {key: value for key, value in GOOD.items() if key != "role"}
    error = await refused(api, people.administrator, body)
    assert (error["field"], error["message"]) == ("role", "此项必填。")


async def test_the_reader_may_ask_for_english(api: Api, people: People) -> None:
    error = await refused(api, people.administrator, GOOD | {"surprise": 1}, language="en")
    assert error["message"] == "There is no such field; leave it out."


@pytest.mark.parametrize("body", [[], "text", 7, None, True])
async def test_a_body_that_is_no_object_is_refused(api: Api, people: People, body: Any) -> None:
    answer = await api.ask("POST", "/v1/role-grants", who=people.administrator, body=body)
    assert answer.status_code in (400, 422)
    assert code_of(answer.json()) in ("invalid-request", "malformed-request")


class Line(Body):
    amount_fen: Fen


class Budget(Body):
    lines: Annotated[list[Line], Meta(min_length=1, max_length=2)]
    notes: dict[str, int] = field(default_factory=dict)
    purpose: Text = "助老"


@post("/budgets", sync_to_thread=False)
def write_budget(data: JSONBody[Budget]) -> None: ...


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        ({"lines": [{"amount_fen": 1}, {"amount_fen": "x"}]}, "lines[1].amount_fen",
         "应为范围内的整数。"),
        ({"lines": [{"amount_fen": -1}]}, "lines[0].amount_fen", "不能小于 0。"),
        ({"lines": [{}]}, "lines[0].amount_fen", "此项必填。"),
        ({"lines": [{"amount_fen": 1, "extra": 1}]}, "lines[0].extra", "没有此项，请删去。"),
        ({"lines": []}, "lines", "至少 1 项。"),
        ({"lines": [{"amount_fen": 1}] * 3}, "lines", "最多 2 项。"),
        ({"lines": {}}, "lines", "应为列表。"),
        ({"lines": [7]}, "lines[0]", "应为一组字段。"),
        ({"lines": [{"amount_fen": 1}], "notes": {"a": "x"}}, "notes[...]", "应为范围内的整数。"),
        ({}, "lines", "此项必填。"),
        ({"lines": [{"amount_fen": 1}], "purpose": ""}, "purpose", "不能为空。"),
        ({"lines": [{"amount_fen": 1}], "purpose": " \t\n\u3000"}, "purpose", "不能为空。"),
        ([], "body", "应为一组字段。"),
    ],
)  # fmt: skip
async def test_a_field_deep_inside_is_named_with_its_path(
    body: Any, field: str, message: str
) -> None:
    app = Litestar([write_budget], exception_handlers=EXCEPTION_HANDLERS, openapi_config=None)
    transport = httpx.ASGITransport(app)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://linli.test") as client:
        answer = await client.post("/budgets", json=body)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["field"], error["message"]) == (field, message)


async def test_a_query_parameter_is_named(api: Api) -> None:
    problem = await api.get("/v1/places", params={"kind": "kingdom"}, expect=422)
    (error,) = problem["errors"]
    assert (error["field"], error["message"]) == ("kind", "不在可选范围内。")


async def test_blanks_alone_say_nothing_in_english_either(api: Api, people: People) -> None:
    problem = await api.post(
        f"/v1/places/{COMMUNITY}/topics",
        {"title": "  ", "text": "x"},
        who=people.resident,
        expect=422,
        headers={"Accept-Language": "en"},
    )
    (error,) = problem["errors"]
    assert (error["field"], error["message"]) == ("title", "This must not be empty.")
