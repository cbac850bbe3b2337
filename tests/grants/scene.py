"""A street with a fund, a need, two organisations, and a call on it, over HTTP."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.core.db import fetch_value
from backend.needs.actions import raise_need
from backend.needs.types import NeedCategory, NewNeed, SourceKind, Urgency
from backend.organisations.types import OrganisationKind
from backend.policies.actions import load_packs
from tests.api import Api
from tests.builders import actor_of
from tests.conftest import move_clock
from tests.grants.packs import FILE
from tests.organisations.orgs import put_on_record
from tests.people import COMMUNITY, OTHER_STREET, STREET, People, Someone

SOUND = (("activity", 3_000_000), ("materials", 1_400_000), ("management", 400_000))
"""48,000 yuan, of which 4,000 for management: within cap and share."""

DAYS = 10
FULL_MARKS = {
    "need": 30,
    "regular_work": 20,
    "normal_service": 20,
    "word_of_mouth": 20,
    "budget": 10,
}


def lines_of(lines: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    """Budget lines as a client sends them."""
    return [
        {"cost_line": key, "item": f"用途{n}", "amount_fen": fen}
        for n, (key, fen) in enumerate(lines, start=1)
    ]


def plan(lines: Sequence[tuple[str, int]] = SOUND, **changes: Any) -> dict[str, Any]:
    """An application as a client sends it."""
    return {
        "title": "暮光陪伴",
        "plan": "每周三个傍晚上门陪伴高龄独居老人。",
        "starts_on": "2030-01-01",
        "ends_on": "2030-12-31",
        "budget_lines": lines_of(lines),
        **changes,
    }


def marks(less: int = 0) -> dict[str, Any]:
    """A full score sheet, with so many points less for the answer to the need."""
    return {"points": FULL_MARKS | {"need": 30 - less}, "comment": "方案可行。"}


@dataclass
class Scene:
    """What the tests of grants start from."""

    api: Api
    people: People
    fund_id: str
    need_id: str
    ours: UUID
    """Of the manager, a community organisation."""
    theirs: UUID
    """Of the second manager, an agency."""
    eves: UUID
    """Of Eve, in another street."""
    started_at: datetime

    @property
    def officer(self) -> Someone:
        return self.people.street_officer

    def call_body(self, **changes: Any) -> dict[str, Any]:
        """A call as the street officer sends it."""
        return {
            "policy_key": "shushan-2019",
            "policy_version": "1",
            "place_code": STREET,
            "fund_id": self.fund_id,
            "need_id": self.need_id,
            "title": "傍晚照护微创投",
            "cap_fen": 5_000_000,
            "closes_at": (self.started_at + timedelta(days=DAYS)).isoformat(),
            **changes,
        }

    async def open_call(self, **changes: Any) -> str:
        """Open a call; its id."""
        call = await self.api.post("/v1/calls", self.call_body(**changes), who=self.officer)
        return str(call["id"])

    async def draft(
        self,
        call_id: str,
        who: Someone | None = None,
        lines: Sequence[tuple[str, int]] = SOUND,
        **options: Any,
    ) -> Any:
        """Draft an application of the manager's organisation, or of whoever asks."""
        someone = who or self.people.manager
        organisations = {
            self.people.manager.person_id: self.ours,
            self.people.second_manager.person_id: self.theirs,
            self.people.eve.person_id: self.eves,
        }
        body = plan(lines) | {"organisation_id": str(organisations[someone.person_id])}
        return await self.api.post(
            f"/v1/calls/{call_id}/applications", body, who=someone, **options
        )

    async def submit(self, call_id: str, who: Someone | None = None) -> str:
        """Draft and submit a sound application; its id."""
        someone = who or self.people.manager
        draft = await self.draft(call_id, someone)
        await self.api.post(f"/v1/applications/{draft['id']}/submission", who=someone)
        return str(draft["id"])

    async def close(self) -> None:
        """Let the days of the call pass."""
        await move_clock(timedelta(days=DAYS))

    async def assign(self, call_id: str, **options: Any) -> Any:
        """Assign the three reviewers."""
        body = {"reviewer_ids": [str(one.person_id) for one in self.people.reviewers]}
        return await self.api.post(
            f"/v1/calls/{call_id}/panel", body, **{"who": self.officer, **options}
        )

    async def score(self, application_id: str, *less: int) -> None:
        """Each reviewer scores, with so many points less than full marks."""
        for reviewer, points in zip(self.people.reviewers, less, strict=True):
            path = f"/v1/applications/{application_id}/scores"
            await self.api.post(path, marks(points), who=reviewer)

    async def judged_call(self, **changes: Any) -> tuple[str, str, str]:
        """A closed call with two applications scored 295/3 and 270/3: call, first, second."""
        call_id = await self.open_call(**changes)
        first = await self.submit(call_id)
        second = await self.submit(call_id, self.people.second_manager)
        await self.close()
        await self.assign(call_id)
        await self.score(first, 0, 2, 3)
        await self.score(second, 10, 10, 10)
        return call_id, first, second

    async def award(self, call_id: str, application_id: str, **changes: Any) -> Any:
        """Award a call; `expect` and other options go to the request."""
        body = {"application_id": application_id, "amount_fen": 4_800_000}
        options = {key: changes.pop(key) for key in ("expect", "who", "key") if key in changes}
        return await self.api.post(
            f"/v1/calls/{call_id}/awards", body | changes, **{"who": self.officer, **options}
        )


async def set_scene(api: Api, people: People, fund_fen: int = 8_000_000) -> Scene:
    """A fund of 80,000 yuan at the street, a need of the community, three organisations."""
    await load_packs([(FILE.name, FILE.read_bytes())])
    fund = await api.post(
        "/v1/funds", {"place_code": STREET, "name": "微创投试验基金"}, who=people.street_officer
    )
    given = {"amount_fen": fund_fen, "from": "梧桐商会", "reference": "捐-001"}
    await api.post(f"/v1/funds/{fund['id']}/contributions", given, who=people.street_officer)
    need_id = await raise_need(
        await actor_of(people.social_worker),
        NewNeed(
            place_code=COMMUNITY,
            category=NeedCategory.ELDERLY,
            client_group=None,
            title="傍晚照护",
            detail="傍晚六点到八点没人照看。",
            urgency=Urgency.NORMAL,
            affected_count=42,
            source_kind=SourceKind.VISIT,
            source_ref="走访-2026-03",
        ),
        [people.resident.person_id],
    )
    return Scene(
        api,
        people,
        fund["id"],
        str(need_id),
        await put_on_record(people.manager),
        await put_on_record(people.second_manager, name="仁和社工", kind=OrganisationKind.AGENCY),
        await put_on_record(people.eve, name="桂花社", place_code=OTHER_STREET),
        await fetch_value("SELECT linli_now()"),
    )
