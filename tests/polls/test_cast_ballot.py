"""Casting a named ballot: on the roll, checked in, while the motion is open."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from backend.core.db import fetch, fetch_one, fetch_value
from backend.polls.rules import ballot_receipt
from backend.polls.types import Choice
from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.meetings import steps
from tests.people import COMMUNITY, People

YES = {"choice": "yes"}


async def _open(api: Api, people: People, present: int = 3) -> str:
    """An open motion of a meeting where so many representatives are present."""
    called = await steps.session(api, people)
    await steps.check_in(api, people, called, people.representatives[:present])
    return await steps.opened(api, people, called)


def _path(motion: str) -> str:
    return f"/v1/motions/{motion}/ballots"


@pytest.mark.parametrize("choice", ["yes", "no", "abstain"])
async def test_a_ballot_is_cast_and_answered_with_a_receipt(
    api: Api, people: People, choice: str
) -> None:
    motion = await _open(api, people)
    cast = await api.post(_path(motion), {"choice": choice}, who=people.representatives[0])
    row = await fetch_one("SELECT entry_id, choice, cast_at FROM ballots")
    assert row["choice"] == choice
    assert datetime.fromisoformat(cast["cast_at"]) == row["cast_at"]
    assert cast["receipt"] == ballot_receipt(
        motion, str(row["entry_id"]), Choice(choice), row["cast_at"]
    )


async def test_voting_again_before_the_end_replaces(api: Api, people: People) -> None:
    motion = await _open(api, people)
    first = await api.post(_path(motion), YES, who=people.representatives[0])
    second = await api.post(_path(motion), {"choice": "no"}, who=people.representatives[0])
    assert first["receipt"] != second["receipt"]
    assert [row["choice"] for row in await fetch("SELECT choice FROM ballots")] == ["no"]


async def test_a_retry_gets_the_same_receipt_even_after_the_end(api: Api, people: People) -> None:
    motion, voter = await _open(api, people), people.representatives[0]
    first = await api.post(_path(motion), YES, who=voter, key="vote-1")
    await api.post(f"/v1/motions/{motion}/closure", who=people.chair)
    assert await api.post(_path(motion), YES, who=voter, key="vote-1") == first


async def test_who_comes_late_checks_in_and_votes(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    motion = await steps.opened(api, people, called)
    late = people.representatives[9]
    refused = await api.post(_path(motion), YES, who=late, expect=409)
    assert code_of(refused) == "not-checked-in"
    await steps.check_in(api, people, called, [late])
    await api.post(_path(motion), YES, who=late)


async def test_only_those_on_the_roll_vote(api: Api, people: People) -> None:
    motion = await _open(api, people)
    await api.post(_path(motion), YES, who=people.eve, expect=404)
    await api.post(_path(motion), YES, who=people.resident, expect=403)
    await api.post(_path(motion), YES, expect=401)
    await api.post(_path(steps.NOBODYS), YES, who=people.chair, expect=404)
    seat = {"person_id": str(people.neighbour.person_id), "body": "representatives"}
    await api.post(f"/v1/places/{COMMUNITY}/body-memberships", seat, who=people.chair)
    refused = await api.post(_path(motion), YES, who=people.neighbour, expect=403)
    assert code_of(refused) == "not-on-roll"
    assert await fetch_value("SELECT count(*) FROM ballots") == 0


async def test_a_draft_takes_no_ballot(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    await steps.check_in(api, people, called, people.representatives[:1])
    motion = await steps.put(api, people, called)
    refused = await api.post(_path(motion), YES, who=people.representatives[0], expect=409)
    assert code_of(refused) == "motion-not-open"


async def test_the_last_moment_is_outside(api: Api, people: People) -> None:
    motion = await _open(api, people)
    await move_clock(timedelta(minutes=15))
    refused = await api.post(_path(motion), YES, who=people.representatives[0], expect=409)
    assert code_of(refused) == "motion-closed"
    assert await fetch_value("SELECT count(*) FROM ballots") == 0


async def test_after_the_count_nothing_comes_in(api: Api, people: People) -> None:
    motion = await _open(api, people)
    await api.post(_path(motion), YES, who=people.representatives[0])
    await api.post(f"/v1/motions/{motion}/closure", who=people.chair)
    for voter in people.representatives[:2]:
        refused = await api.post(_path(motion), {"choice": "no"}, who=voter, expect=409)
        assert code_of(refused) == "motion-closed"
    assert [row["choice"] for row in await fetch("SELECT choice FROM ballots")] == ["yes"]


@pytest.mark.parametrize("body", [{}, {"choice": "maybe"}, {"choice": "yes", "sealed": "x"}])
async def test_another_choice_is_refused(api: Api, people: People, body: dict[str, str]) -> None:
    motion = await _open(api, people)
    await api.post(_path(motion), body, who=people.representatives[0], expect=422)


async def test_the_key_is_needed_and_belongs_to_one_ballot(api: Api, people: People) -> None:
    motion, voter = await _open(api, people), people.representatives[0]
    refused = await api.post(_path(motion), YES, who=voter, key=None, expect=400)
    assert code_of(refused) == "idempotency-key-missing"
    await api.post(_path(motion), YES, who=voter, key="k")
    refused = await api.post(_path(motion), {"choice": "no"}, who=voter, key="k", expect=422)
    assert code_of(refused) == "idempotency-key-reused"


async def test_it_leaves_one_row_and_an_audit_row_without_the_choice(
    api: Api, people: People
) -> None:
    motion, voter = await _open(api, people), people.representatives[0]
    await api.post(_path(motion), YES, who=voter)
    row = await fetch_one("SELECT * FROM ballots")
    (noted,) = await steps.audited("cast_ballot")
    assert (row["motion_id"], row["cast_by"]) == (UUID(motion), voter.account_id)
    assert (noted["subject_kind"], noted["subject_id"]) == ("motion", motion)
    assert (noted["account_id"], noted["session_id"]) == (voter.account_id, voter.session_id)
    assert noted["facts"] == {"entry_id": str(row["entry_id"])}
    assert noted["place_code"] == COMMUNITY
