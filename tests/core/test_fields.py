"""A refused body names the very field, in words a person understands."""

from typing import Any
from uuid import uuid4

import pytest

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


async def test_a_field_deep_inside_is_named_with_its_path(api: Api, people: People) -> None:
    """Money of the second budget line of an application."""
    body = {
        "organisation_id": str(uuid4()),
        "title": "t",
        "summary": "s",
        "goals": "g",
        "budget_lines": [
            {"heading": "materials", "label": "a", "quantity": 1, "unit": "项", "amount_fen": 1},
            {"heading": "materials", "label": "b", "quantity": 1, "unit": "项", "amount_fen": "x"},
        ],
    }
    path = f"/v1/calls/{uuid4()}/applications"
    problem = await api.post(path, body, who=people.manager, expect=422)
    assert all(not error["field"].startswith("data") for error in problem["errors"])


async def test_a_query_parameter_is_named(api: Api) -> None:
    problem = await api.get("/v1/places", params={"kind": "kingdom"}, expect=422)
    (error,) = problem["errors"]
    assert (error["field"], error["message"]) == ("kind", "不在可选范围内。")
