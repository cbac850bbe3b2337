"""Closing counts a motion once, clause by clause in whole numbers."""

from typing import Any

import asyncpg
import pytest

from backend.core.db import atomic, fetch, fetch_one
from tests.api import Api, code_of
from tests.meetings import steps
from tests.people import People


async def _closed(
    api: Api, people: People, *, present: int, yes: int, no: int = 0, abstain: int = 0
) -> Any:
    """The result of a motion with so many present and so many ballots."""
    called = await steps.session(api, people)
    voters = (*people.representatives, *people.committee)[:present]
    await steps.check_in(api, people, called, voters)
    motion = await steps.opened(api, people, called)
    await steps.cast(api, motion, voters[:yes])
    await steps.cast(api, motion, voters[yes : yes + no], "no")
    await steps.cast(api, motion, voters[yes + no : yes + no + abstain], "abstain")
    return await api.post(f"/v1/motions/{motion}/closure", who=people.chair)


async def test_twenty_five_present_and_thirteen_yes_pass(api: Api, people: People) -> None:
    result = await _closed(api, people, present=25, yes=13, no=7, abstain=2)
    assert result["outcome"] == "passed"
    heads = {name: figure["heads"] for name, figure in result["counts"].items()}
    assert heads == {
        "eligible": 37, "present": 25, "cast": 22, "valid": 22, "yes": 13, "no": 7, "abstain": 2,
    }  # fmt: skip
    assert result["clauses"] == [
        {
            "kind": "quorum",
            "basis": "members",
            "of": "eligible",
            "numerator": 25,
            "denominator": 37,
            "bound": 25,
            "outcome": "reached",
            "words": "应到 37 人，实到 25 人；须达三分之二以上（至少 25 人）：达到",
            "words_en": "25 of 37 members came; at least two thirds are needed (at least 25): yes",
        },
        {
            "kind": "pass",
            "basis": "members",
            "of": "present",
            "numerator": 13,
            "denominator": 25,
            "bound": 13,
            "outcome": "reached",
            "words": "到会 25 人，同意 13 人；须超过半数（至少 13 人）：达到",
            "words_en": (
                "13 of 25 members present said yes; more than half are needed (at least 13): yes"
            ),
        },
    ]


@pytest.mark.parametrize(
    ("figures", "outcome"),
    [
        ({"present": 24, "yes": 24}, "no_quorum"),
        ({"present": 25, "yes": 12}, "not_passed"),
        ({"present": 26, "yes": 13}, "not_passed"),
        ({"present": 26, "yes": 14, "no": 12}, "passed"),
        ({"present": 25, "yes": 0}, "not_passed"),
    ],
)
async def test_those_present_are_the_base_whether_they_vote_or_not(
    api: Api, people: People, figures: dict[str, int], outcome: str
) -> None:
    result = await _closed(api, people, **figures)
    assert result["outcome"] == outcome


async def test_only_the_convener_closes(api: Api, people: People) -> None:
    motion = await steps.opened(api, people, await steps.session(api, people))
    path = f"/v1/motions/{motion}/closure"
    await api.post(path, who=people.eve, expect=404)
    await api.post(path, who=people.committee[1], expect=403)
    await api.post(f"/v1/motions/{steps.NOBODYS}/closure", who=people.chair, expect=404)


async def test_a_draft_is_not_counted_and_a_motion_is_counted_once(
    api: Api, people: People
) -> None:
    called = await steps.session(api, people)
    draft = await steps.put(api, people, called)
    refused = await api.post(f"/v1/motions/{draft}/closure", who=people.chair, expect=409)
    assert code_of(refused) == "motion-not-open"
    path = f"/v1/motions/{await steps.opened(api, people, called)}/closure"
    first = await api.post(path, who=people.chair, key="close")
    assert await api.post(path, who=people.chair, key="close") == first
    refused = await api.post(path, who=people.chair, expect=409)
    assert code_of(refused) == "motion-closed"


@pytest.mark.parametrize("change", ["result = '{}'", "closed_at = NULL", "created_by = created_by"])
async def test_the_database_keeps_the_result(api: Api, people: People, change: str) -> None:
    await _closed(api, people, present=1, yes=1)
    with pytest.raises(asyncpg.RestrictViolationError):
        async with atomic():
            await fetch(f"UPDATE motions SET {change}")


async def test_it_leaves_the_result_and_an_audit_row(api: Api, people: People) -> None:
    result = await _closed(api, people, present=25, yes=20)
    row = await fetch_one("SELECT closed_at, result FROM motions")
    assert row["result"]["clauses"] == result["clauses"]
    (noted,) = await steps.audited("close_motion")
    assert noted["facts"] == {"outcome": "passed", "cast": 20}
