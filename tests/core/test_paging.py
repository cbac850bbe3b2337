"""Pages by cursor: every row once, in a stable order, and a bad cursor is a clear no."""

import base64
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.paging import (
    decode_cursor,
    decode_id_cursor,
    decode_newest,
    encode_cursor,
    page_of,
)
from backend.core.problems import Malformed
from tests.api import Api, code_of


async def walk(api: Api, limit: int) -> list[str]:
    codes: list[str] = []
    after = None
    while True:
        params = {"limit": limit} | ({"after": after} if after else {})
        page = await api.get("/v1/places", params=params)
        assert len(page["items"]) <= limit
        codes += [item["code"] for item in page["items"]]
        after = page["next"]
        if after is None:
            return codes


async def test_pages_of_seven_are_the_whole_list(api: Api) -> None:
    whole = await walk(api, 100)
    assert len(whole) > 21
    assert whole == sorted(set(whole))
    assert await walk(api, 7) == whole
    assert await walk(api, min(len(whole), 100)) == whole


async def test_an_exact_last_page_has_no_next(api: Api) -> None:
    page = await api.get("/v1/places", params={"parent": "340104", "limit": 100})
    exact = {"parent": "340104", "limit": len(page["items"])}
    assert (await api.get("/v1/places", params=exact))["next"] is None


@pytest.mark.parametrize("limit", ["0", "101", "-1", "a", "1.5", "9" * 40, ""])
async def test_an_unfit_limit_names_the_field(api: Api, limit: str) -> None:
    problem = await api.get("/v1/places", params={"limit": limit}, expect=422)
    assert problem["fields"] == ["limit"]


def _spelled(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "after",
    ["", "!", "%%%", "é", "a", _spelled("{}"), _spelled("[1]"), _spelled('["a","b"]'),
     _spelled('["a'), _spelled('["\\u0000"]'), _spelled('["\\ud800"]'), _spelled("[" * 300)],
)  # fmt: skip
async def test_a_bad_cursor_is_malformed(api: Api, after: str) -> None:
    problem = await api.get("/v1/places", params={"after": after}, expect=400)
    assert code_of(problem) == "malformed-request"


async def test_a_cursor_too_long_is_refused(api: Api) -> None:
    await api.get("/v1/places", params={"after": "A" * 401}, expect=422)


@given(st.lists(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))))
def test_a_cursor_keeps_its_key(key: list[str]) -> None:
    assert decode_cursor(encode_cursor(*key), len(key)) == tuple(key)


@given(st.text())
def test_any_text_is_a_key_or_malformed(text: str) -> None:
    for decode in (lambda t: decode_cursor(t, 1), decode_newest, decode_id_cursor):
        try:
            decode(text)
        except Malformed:
            continue


def test_the_first_page_has_no_key() -> None:
    assert decode_cursor(None, 2) == (None, None)
    assert decode_newest(None) == (None, None)
    assert decode_id_cursor(None) is None


def test_moment_and_id_survive() -> None:
    at, row_id = datetime(2026, 3, 1, 8, 0, 0, 123456, UTC), uuid4()
    page = page_of([(at, row_id)] * 2, 1, lambda row: row[1], lambda row: row)
    assert page.items == [row_id]
    assert decode_newest(page.next) == (at, row_id)
    assert decode_id_cursor(encode_cursor(str(row_id))) == row_id


@pytest.mark.parametrize(
    "key",
    [("no time", str(UUID(int=1))), ("2026-03-01", "no id"), ("0001-01-01T00:00:00+14:00", "x")],
)
def test_a_key_of_another_list_is_malformed(key: tuple[str, str]) -> None:
    with pytest.raises(Malformed):
        decode_newest(encode_cursor(*key))
    with pytest.raises(Malformed):
        decode_id_cursor(encode_cursor(key[1].replace(str(UUID(int=1)), "no id")))
