"""Every no is an RFC 9457 problem: its status, its language, its facts."""

import asyncio
from datetime import datetime, timedelta, timezone
from typing import Any, ClassVar

import asyncpg
import pytest

from backend.core.db import ENGINE, atomic, fetch
from backend.core.problems import (
    BY_CONSTRAINT,
    REFUSALS,
    STATUS,
    TITLES,
    Conflict,
    Kind,
    Malformed,
    Refusal,
    TooManyRequests,
    Unavailable,
    ValueNotStorable,
    language_of,
    problem_body,
    refusal_of_database_error,
)
from backend.identity.rules import RoleAlreadyHeld
from tests.api import Api, code_of
from tests.people import COMMUNITY, People

STATUSES = {
    Kind.MALFORMED: 400,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.STALE: 412,
    Kind.INVALID: 422,
    Kind.PRECONDITION_MISSING: 428,
    Kind.TOO_MANY: 429,
    Kind.UNAVAILABLE: 503,
}


def test_every_kind_has_its_status_and_two_titles() -> None:
    assert STATUS == STATUSES
    assert set(TITLES) == set(Kind)
    assert all(zh and en and zh != en for zh, en in TITLES.values())


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh-CN"),
        ("", "zh-CN"),
        ("en", "en"),
        ("EN-gb,zh;q=0.5", "en"),
        ("zh-CN,en;q=0.9", "zh-CN"),
        ("en;q=0.5, zh;q=0.9", "zh-CN"),
        ("fr, en;q=0.8", "en"),
        ("fr", "zh-CN"),
        ("*", "zh-CN"),
        ("en;q=0", "zh-CN"),
        ("en;q=x, ,;;=", "zh-CN"),
        ("english", "zh-CN"),
    ],
)
def test_the_language_that_the_header_likes_best(header: str | None, language: str) -> None:
    assert language_of(header) == language


def test_facts_are_members_and_fill_the_sentence() -> None:
    refusal = TooManyRequests(retry_after_s=7)
    found = problem_body(refusal, "en", "/v1/places")
    assert found == {
        "type": "/problems/too-many-requests",
        "title": "Too many requests",
        "status": 429,
        "detail": "Too many requests; try again in 7 seconds.",
        "instance": "/v1/places",
        "retry_after_s": 7,
    }
    assert "7 秒" in problem_body(refusal, "zh-CN", "/")["detail"]


def test_facts_never_replace_the_standard_members() -> None:
    found = problem_body(Malformed(reason="x", status=200, type="y"), "en", "/")
    assert (found["status"], found["type"]) == (400, "/problems/malformed-request")


def test_lists_read_as_sentences_and_missing_facts_as_an_ellipsis() -> None:
    assert "a、b" in REFUSALS["invalid-request"](fields=["a", "b"]).sentence("zh-CN")
    assert "…" in TooManyRequests().sentence("zh-CN")


def test_a_refusal_that_a_constraint_guards_speaks_without_facts() -> None:
    assert BY_CONSTRAINT
    for refusal in BY_CONSTRAINT.values():
        assert refusal().sentence("zh-CN")
        assert refusal().sentence("en")


def test_two_refusals_never_share_a_code() -> None:
    with pytest.raises(TypeError, match="share the code conflict"):

        class Another(Refusal):
            kind: ClassVar[Kind] = Kind.CONFLICT
            code: ClassVar[str] = "conflict"


async def error_of(statement: str, *args: Any) -> Exception:
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)) as caught:
        await fetch(statement, *args)
    return caught.value


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("SELECT $1::text", "a\x00b"),
        ("SELECT $1::text", "\ud800"),
        ("SELECT $1::jsonb", {"a": "a\x00b"}),
        ("SELECT $1::int", 2**31),
        ("SELECT $1::bigint", 2**63),
        ("SELECT 2147483647::int + $1::int", 1),
        ("SELECT $1::timestamptz", datetime.max.replace(tzinfo=timezone(-timedelta(hours=23)))),
        ("SELECT make_date($1::int, 1, 1)", 0),
        ("SELECT ($1::text)::uuid", "7"),
        ("UPDATE places SET name = $1", "x" * 81),
    ],
)
async def test_a_value_that_cannot_be_kept_is_said_to_be_that(
    db: None, statement: str, value: Any
) -> None:
    assert isinstance(refusal_of_database_error(await error_of(statement, value)), ValueNotStorable)


async def test_a_slow_statement_is_unavailable(committed: str) -> None:
    async def be_slow() -> None:
        async with atomic() as connection:
            await connection.execute("SET LOCAL statement_timeout = 20")
            await fetch("SELECT pg_sleep(1)")

    with pytest.raises(asyncpg.QueryCanceledError) as caught:
        await be_slow()
    assert isinstance(refusal_of_database_error(caught.value), Unavailable)


async def test_a_lock_that_is_not_given_is_a_conflict(committed: str) -> None:
    async def want_lock() -> None:
        async with atomic() as connection:
            await connection.execute("SET LOCAL lock_timeout = 50")
            await fetch("SELECT * FROM clock_shift FOR UPDATE")

    async with atomic():
        await fetch("SELECT * FROM clock_shift FOR UPDATE")
        with pytest.raises(asyncpg.LockNotAvailableError) as caught:
            await asyncio.create_task(want_lock())
    assert isinstance(refusal_of_database_error(caught.value), Conflict)


async def test_a_deadlock_is_a_conflict(committed: str) -> None:
    await fetch("CREATE TABLE pair (id int PRIMARY KEY)")
    await fetch("INSERT INTO pair VALUES (1), (2)")

    async def take(first: int, second: int) -> None:
        async with atomic():
            await fetch("SELECT * FROM pair WHERE id = $1 FOR UPDATE", first)
            await asyncio.sleep(0.1)
            await fetch("SELECT * FROM pair WHERE id = $1 FOR UPDATE", second)

    found = await asyncio.gather(take(1, 2), take(2, 1), return_exceptions=True)
    (error,) = [one for one in found if isinstance(one, BaseException)]
    assert isinstance(refusal_of_database_error(error), Conflict)


def test_our_own_faults_are_no_refusals() -> None:
    for error in (ValueError("x"), KeyError("y"), asyncpg.UndefinedTableError("z")):
        assert refusal_of_database_error(error) is None
    assert refusal_of_database_error(asyncpg.DivisionByZeroError("0")) is None


async def test_a_violated_constraint_reads_as_its_refusal(api: Api, people: People) -> None:
    """The action asks nothing beforehand: the unique index alone says no."""
    order = {
        "account_id": str(people.resident.account_id),
        "role": "resident",
        "place_code": COMMUNITY,
    }
    problem = await api.post("/v1/role-grants", order, who=people.administrator, expect=409)
    assert code_of(problem) == RoleAlreadyHeld.code
    assert problem["detail"] == RoleAlreadyHeld.zh


async def test_an_unknown_address_is_a_problem(api: Api) -> None:
    answer = await api.ask("GET", "/v1/nowhere")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == "zh-CN"
    assert answer.json()["instance"] == "/v1/nowhere"
    assert code_of(answer.json()) == "not-found"


async def test_a_path_that_is_no_identifier_is_not_found(api: Api, people: People) -> None:
    await api.delete("/v1/role-grants/not-a-uuid", who=people.administrator, expect=404)


async def test_a_wrong_method_is_a_problem(api: Api) -> None:
    answer = await api.ask("DELETE", "/v1/places")
    assert (answer.status_code, code_of(answer.json())) == (405, "method-not-allowed")


@pytest.mark.parametrize("body", [b"{", b"", b"\xff", b"[1,", b'{"phone": }', b'"' + b"a" * 2000])
async def test_malformed_json_is_a_problem(api: Api, body: bytes) -> None:
    answer = await api.http.post(
        "/v1/sign-in-codes", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_not_signed_in_says_how(api: Api) -> None:
    answer = await api.ask("GET", "/v1/me", headers={"Accept-Language": "en"})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["content-language"] == "en"
    assert answer.json()["title"] == "Sign-in needed"


async def test_a_busy_database_says_when_to_come_back(
    committed_api: Api, committed_people: People
) -> None:
    pool = ENGINE.pool
    held = [await pool.acquire() for _ in range(pool.get_max_size())]
    try:
        answer = await committed_api.ask("GET", "/v1/me", who=committed_people.resident)
    finally:
        for one in held:
            await pool.release(one)
    assert (answer.status_code, code_of(answer.json())) == (503, "unavailable")
    assert int(answer.headers["retry-after"]) >= 1
    await committed_api.get("/v1/me", who=committed_people.resident)
