"""Fixed people of the tests, found in the seeded template; Eve is tried in every verb file."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from backend.core.db import fetch
from backend.core.tokens import new_access_token
from backend.seeding.people import COMMUNITY, OTHER_COMMUNITY, OTHER_STREET, STREET

__all__ = ["COMMUNITY", "OTHER_COMMUNITY", "OTHER_STREET", "STREET", "People", "Someone"]

_LONG_AFTER = datetime(2200, 1, 1, tzinfo=UTC)
"""Tests move the clock by days; their tokens outlive it."""


@dataclass(frozen=True)
class Someone:
    """A person with an account and an open session."""

    name: str
    person_id: UUID
    account_id: UUID
    session_id: UUID

    @property
    def bearer(self) -> dict[str, str]:
        """The header that signs her in."""
        token, _ = new_access_token(self.session_id, _LONG_AFTER)
        return {"Authorization": f"Bearer {token}"}


@dataclass(frozen=True)
class People:
    """Everybody whom a test may be."""

    residents: tuple[Someone, ...]
    """Residents of the community with an account and no seat in a body."""
    committee: tuple[Someone, ...]
    """Seven, the chair first."""
    representatives: tuple[Someone, ...]
    """Thirty."""
    staff: dict[str, Someone]
    """By login."""

    @property
    def resident(self) -> Someone:
        return self.residents[0]

    @property
    def neighbour(self) -> Someone:
        return self.residents[1]

    @property
    def volunteer(self) -> Someone:
        return self.residents[2]

    @property
    def second_volunteer(self) -> Someone:
        return self.residents[3]

    @property
    def chair(self) -> Someone:
        return self.committee[0]

    @property
    def social_worker(self) -> Someone:
        return self.staff["shegong"]

    @property
    def party_worker(self) -> Someone:
        return self.staff["danggong"]

    @property
    def street_officer(self) -> Someone:
        return self.staff["jiedao"]

    @property
    def manager(self) -> Someone:
        return self.staff["jigou"]

    @property
    def second_manager(self) -> Someone:
        return self.staff["jigoub"]

    @property
    def reviewers(self) -> tuple[Someone, ...]:
        return tuple(self.staff[login] for login in ("pingshen", "pingshenb", "pingshenc"))

    @property
    def purchaser(self) -> Someone:
        return self.staff["minzheng"]

    @property
    def administrator(self) -> Someone:
        return self.staff["guanli"]

    @property
    def eve(self) -> Someone:
        return self.staff["eve"]


async def find_people() -> People:
    """Read the template's people; the order is stable within one template."""
    rows = await fetch(
        "SELECT p.id AS person_id, p.name, a.id AS account_id, a.login, s.id AS session_id,"
        " m.body, m.office, EXISTS (SELECT 1 FROM residencies r WHERE r.person_id = p.id"
        " AND r.place_code = $1) AS lives_here FROM accounts a JOIN people p ON p.id = a.person_id"
        " JOIN sessions s ON s.account_id = a.id LEFT JOIN body_memberships m"
        " ON m.person_id = p.id ORDER BY m.office = 'chair' DESC NULLS LAST, p.id",
        COMMUNITY,
    )

    def chosen(wanted: object) -> tuple[Someone, ...]:
        return tuple(
            Someone(row["name"], row["person_id"], row["account_id"], row["session_id"])
            for row in rows
            if wanted(row)  # type: ignore[operator]
        )

    staff = {
        row["login"]: Someone(row["name"], row["person_id"], row["account_id"], row["session_id"])
        for row in rows
        if row["login"]
    }
    return People(
        residents=chosen(lambda row: row["lives_here"] and row["body"] is None),
        committee=chosen(lambda row: row["body"] == "committee"),
        representatives=chosen(lambda row: row["body"] == "representatives"),
        staff=staff,
    )
