"""Making something public: once, for long enough, unchangeably."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from backend.core.db import atomic, fetch, fetch_one
from backend.publications.actions import publish
from backend.publications.rules import PublicationTooShort
from backend.publications.types import NewPublication, PublicationKind
from tests.api import Api
from tests.builders import actor_of
from tests.people import COMMUNITY, People

DECISION = NewPublication(
    place_code=COMMUNITY,
    kind=PublicationKind.DECISION,
    title="关于开展晚间照护的决定",
    text="居民代表会议应到 37 人，实到 25 人，赞成 20 人，通过。",
    facts={"roll": 37, "present": 25, "yes": 20},
    subject_kind="motion",
    subject_id="m-1",
    days=15,
)


async def _published(people: People, new: NewPublication = DECISION) -> UUID:
    return await publish(await actor_of(people.chair), new)


async def test_a_decision_is_public_at_once_for_its_days(api: Api, people: People) -> None:
    publication_id = await _published(people)
    shown = await api.get(f"/v1/publications/{publication_id}")
    assert shown["active"] is True
    assert shown["subject"] == {"kind": "motion", "id": "m-1"}
    period: Any = await fetch_one(
        "SELECT ends_at - starts_at AS length, starts_at <= linli_now() AS begun"
        " FROM publications WHERE id = $1",
        publication_id,
    )
    assert (period["length"].days, period["begun"]) == (15, True)


@pytest.mark.parametrize("kind", [PublicationKind.DECISION, PublicationKind.AWARD])
async def test_fourteen_days_are_too_short(people: People, kind: PublicationKind) -> None:
    with pytest.raises(PublicationTooShort):
        await _published(people, replace(DECISION, kind=kind, days=14))
    assert await fetch("SELECT 1 FROM publications WHERE subject_id = 'm-1'") == []


async def test_the_database_itself_keeps_the_fifteen_days(people: People) -> None:
    publication_id = await _published(people)
    with pytest.raises(asyncpg.CheckViolationError, match="publications_period"):
        async with atomic():
            await fetch(
                "INSERT INTO publications SELECT gen_random_uuid(), place_code, kind, title, text,"
                " facts, subject_kind, subject_id, starts_at, ends_at - interval '1 second',"
                " sha256, published_by FROM publications WHERE id = $1",
                publication_id,
            )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE publications SET title = '改' WHERE id = $1",
        "DELETE FROM publications WHERE id = $1",
    ],
)
async def test_nobody_changes_or_removes_it(people: People, statement: str) -> None:
    publication_id = await _published(people)
    with pytest.raises(asyncpg.RestrictViolationError):
        async with atomic():
            await fetch(statement, publication_id)


async def test_it_leaves_an_audit_row_with_figures_only(people: People) -> None:
    publication_id = await _published(people)
    row: Any = await fetch_one(
        "SELECT account_id, place_code, facts FROM audit_events"
        " WHERE event = 'publish' AND subject_id = $1",
        str(publication_id),
    )
    assert row["account_id"] == people.chair.account_id
    assert row["place_code"] == COMMUNITY
    assert row["facts"] == {"kind": "decision", "days": 15, "subject_id": "m-1"}


async def test_a_failed_decision_takes_its_publication_with_it(people: People) -> None:
    async def decide_and_fail() -> None:
        async with atomic():
            await _published(people)
            await _published(people, replace(DECISION, days=14))

    with pytest.raises(PublicationTooShort):
        await decide_and_fail()
    assert await fetch("SELECT 1 FROM publications WHERE subject_id = 'm-1'") == []
