"""Writes of the story, in endless supply: whose, where, what, under which key."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any
from uuid import UUID, uuid4

from backend.core.db import fetch_value
from tests.api import Api
from tests.bench.town import open_vote
from tests.people import COMMUNITY, STREET, People, Someone
from tests.surveys.asking import opened, sheet
from tests.volunteers.scene import set_scene

Ballots = tuple[tuple[Someone, ...], ...]
Supply = Iterator["Write"]

FUND_FEN = 700
VOICES = 2
_VOLUNTEERS = 12


@dataclass(frozen=True)
class Write:
    """One intent; it is sent again under the same key until its outcome is known."""

    operation: str
    path: str
    who: Someone
    body: dict[str, Any]
    key: str


@dataclass(frozen=True)
class Stage:
    """What the writes need: a fund, surveys, a motion, shifts, volunteers."""

    people: People
    fund_id: UUID
    surveys: Sequence[str]
    motion_id: UUID
    shifts: Sequence[str]
    audited: int
    """The last audit row before the first write."""

    @property
    def voters(self) -> tuple[Someone, ...]:
        return self.people.committee + self.people.representatives


async def set_stage(api: Api, people: People, *, cycles: int) -> Stage:
    """Prepare enough for so many cycles, over HTTP."""
    fund_id: UUID = await fetch_value("SELECT id FROM funds WHERE place_code = $1", STREET)
    scene = await set_scene(api, people)
    await scene.register(*people.residents[:_VOLUNTEERS])
    surveys = [await opened(api, people) for _ in range(cycles)]
    shifts = [str((await scene.open_shift(seats=_VOLUNTEERS))["id"]) for _ in range(2 * cycles)]
    voters = people.committee + people.representatives
    motion_id = await open_vote(people.chair, voters)
    audited: int = await fetch_value("SELECT max(id) FROM audit_events")
    return Stage(people, fund_id, surveys, motion_id, shifts, audited)


def supplies(stage: Stage) -> list[Supply]:
    """One supply a phone; a person who votes or signs up does it on one phone only."""
    volunteers, voters = stage.people.residents[:_VOLUNTEERS], stage.voters
    return [
        *(_needs(stage) for _ in range(3)),
        *(_contributions(stage) for _ in range(2)),
        *(_responses(stage, stage.people.residents[number::4]) for number in range(4)),
        *(_ballots(stage, voters[number::4]) for number in range(4)),
        *(_sign_ups(stage, volunteers[number::3]) for number in range(3)),
    ]


def _needs(stage: Stage) -> Supply:
    voices = cycle(stage.people.residents)
    while True:
        key = _key()
        body = {
            "category": "elderly",
            "title": "傍晚照护",
            "detail": "子女下班前无人照看。",
            "source_kind": "visit",
            "source_ref": key,
            "affected_count": 3,
            "voiced_by": [str(next(voices).person_id) for _ in range(VOICES)],
        }
        path = f"/v1/places/{COMMUNITY}/needs"
        yield Write("hear_need", path, stage.people.social_worker, body, key)


def _contributions(stage: Stage) -> Supply:
    path = f"/v1/funds/{stage.fund_id}/contributions"
    while True:
        key = _key()
        body = {"amount_fen": FUND_FEN, "from": "辖区企业", "reference": key}
        yield Write("record_contribution", path, stage.people.street_officer, body, key)


def _responses(stage: Stage, people: Sequence[Someone]) -> Supply:
    for survey in stage.surveys:
        for who in people:
            path = f"/v1/surveys/{survey}/responses"
            yield Write("submit_response", path, who, sheet(), _key())


def _ballots(stage: Stage, voters: Sequence[Someone]) -> Supply:
    path, choices = f"/v1/motions/{stage.motion_id}/ballots", cycle(("yes", "no", "abstain"))
    for who in cycle(voters):
        yield Write("cast_ballot", path, who, {"choice": next(choices)}, _key())


def _sign_ups(stage: Stage, volunteers: Sequence[Someone]) -> Supply:
    for shift in stage.shifts:
        for who in volunteers:
            path = f"/v1/shifts/{shift}/sign-ups"
            yield Write("sign_up", path, who, {"capacity": "volunteer"}, _key())


def _key() -> str:
    return f"F1-{uuid4().hex}"
