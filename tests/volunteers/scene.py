"""A 三工 team of a project with an activity, and what people do at its shifts, over HTTP."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from backend.core.db import fetch, fetch_value
from backend.organisations.actions import register_organisation
from backend.organisations.types import NewOrganisation, OrganisationKind
from backend.projects.actions import start_project
from backend.projects.types import NewProject
from tests.api import Api
from tests.builders import actor_of
from tests.conftest import move_clock
from tests.people import COMMUNITY, STREET, People, Someone

SLACK = timedelta(seconds=30)
"""Exits happen a little after the full minute, so that no test depends on its own speed."""


async def now() -> datetime:
    """The time of the database."""
    at: datetime = await fetch_value("SELECT linli_now()")
    return at


async def move_to(moment: datetime) -> None:
    """Move the demo clock forward to a moment."""
    await move_clock(moment - await now())


async def new_project(people: People, place_code: str = COMMUNITY) -> UUID:
    """A running project of an organisation of the street."""
    organisation = await register_organisation(
        None, NewOrganisation(STREET, "暮光助老社", OrganisationKind.COMMUNITY_ORGANISATION)
    )
    return await start_project(
        await actor_of(people.street_officer),
        NewProject(
            place_code=place_code,
            need_id=None,
            organisation_id=organisation,
            title="暮光陪伴",
            summary="为高龄独居老人提供晚间陪伴。",
            award_ref=f"award-{organisation}",
            budget_fen=2_000_000,
            policy_key="shushan-2019",
            policy_version="1",
            starts_on=date(2026, 1, 1),
            ends_on=date(2030, 12, 31),
        ),
    )


async def scan_log() -> list[tuple[str, bool, str]]:
    """Every attempt to check in or out: direction, whether it was accepted, why."""
    rows = await fetch("SELECT direction, accepted, reason FROM scans ORDER BY id")
    return [(row["direction"], row["accepted"], row["reason"]) for row in rows]


async def count_presences() -> int:
    """How many presences there are, open or closed."""
    return int(await fetch_value("SELECT count(*) FROM shift_sessions"))


@dataclass
class Scene:
    """The team of the project, its activity, and the social worker who leads it."""

    api: Api
    people: People
    project_id: UUID
    team_id: str
    activity_id: str

    async def register(self, *volunteers: Someone) -> None:
        """Put people on the volunteer register."""
        for someone in volunteers:
            await self.api.post("/v1/me/volunteer-profile", {"skills": []}, who=someone)

    async def add_member(self, someone: Someone, capacity: str, **options: Any) -> Any:
        """The leader takes somebody into the team."""
        body = {"person_id": str(someone.person_id), "capacity": capacity}
        return await self.api.post(
            f"/v1/teams/{self.team_id}/members",
            body,
            **{"who": self.people.social_worker, **options},
        )

    async def open_shift(
        self, *, days: int = 1, minutes: int = 120, seats: int = 5, break_minutes: int = 0
    ) -> Any:
        """A shift at 14:00 in Hefei, so many days ahead."""
        day = (await now() + timedelta(days=days)).replace(hour=6, minute=0, second=0)
        starts_at = day.replace(microsecond=0)
        body = {
            "starts_at": starts_at.isoformat(),
            "ends_at": (starts_at + timedelta(minutes=minutes)).isoformat(),
            "seats": seats,
            "break_minutes": break_minutes,
        }
        shift = await self.api.post(
            f"/v1/activities/{self.activity_id}/shifts", body, who=self.people.social_worker
        )
        return shift | {"starts": starts_at, "ends": starts_at + timedelta(minutes=minutes)}

    async def sign_up(
        self, shift: Any, someone: Someone, capacity: str = "volunteer", **options: Any
    ) -> Any:
        """Somebody takes a seat."""
        path = f"/v1/shifts/{shift['id']}/sign-ups"
        return await self.api.post(path, {"capacity": capacity}, who=someone, **options)

    async def seated(self) -> Any:
        """A shift with a seat for the volunteer."""
        await self.register(self.people.volunteer)
        shift = await self.open_shift()
        await self.sign_up(shift, self.people.volunteer)
        return shift

    async def code(self, shift: Any, direction: str) -> str:
        """The code on the screen right now."""
        shown = await self.api.get(
            f"/v1/shifts/{shift['id']}/check-in-code",
            who=self.people.social_worker,
            params={"direction": direction},
        )
        return str(shown["code"])

    async def scan(
        self,
        shift: Any,
        someone: Someone,
        direction: str,
        *,
        code: str | None = None,
        scanned_at: str | None = None,
        **options: Any,
    ) -> Any:
        """Somebody scans the code on the screen (or another one)."""
        body = {
            "code": code or await self.code(shift, direction),
            "direction": direction,
            "scanned_at": scanned_at,
        }
        path = f"/v1/shifts/{shift['id']}/check-ins"
        return await self.api.post(path, body, who=someone, **options)

    async def serve(self, shift: Any, *people: Someone) -> None:
        """People who hold seats come on time and leave at the end."""
        await move_to(shift["starts"])
        for someone in people:
            await self.scan(shift, someone, "in")
        await move_to(shift["ends"] + SLACK)
        for someone in people:
            await self.scan(shift, someone, "out")


async def set_scene(api: Api, people: People) -> Scene:
    """Form a team for a fresh project and plan its activity."""
    project_id = await new_project(people)
    leader = people.social_worker
    team = await api.post(
        f"/v1/places/{COMMUNITY}/teams",
        {"name": "暮光陪伴三工队", "project_id": str(project_id)},
        who=leader,
    )
    plan = {
        "team_id": team["id"],
        "title": "晚间陪伴",
        "content": "上门陪伴，读报聊天。",
        "venue": "清荷社区服务站",
    }
    activity = await api.post(f"/v1/places/{COMMUNITY}/activities", plan, who=leader)
    return Scene(api, people, project_id, team["id"], activity["id"])
