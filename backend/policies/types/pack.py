"""The pack as a whole: identity, and a group for each room; an absent group is not ruled."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from backend.policies.types.grants import Grants
from backend.policies.types.indicators import Target
from backend.policies.types.sourced import Count, Group, Label, Sourced, Text, require_unique
from backend.policies.types.volunteers import Volunteers

PackKey = Annotated[str, Meta(pattern=r"^[a-z]+-[0-9]{4}$")]
PlaceCode = Annotated[str, Meta(pattern=r"^[0-9]{6}([0-9]{3}){0,2}(-[A-Z][0-9]{2})*$")]


class PackError(Exception):
    """A policy pack is unfit: `key` is the path inside the file, `reason` what is wrong there."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key = key
        self.reason = reason


class Identity(Group, frozen=True):
    """Which document this is, where and when it rules; both days are included."""

    key: PackKey
    version: Count
    title: Label
    document: Text
    jurisdiction: PlaceCode
    valid_from: date
    valid_to: date | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("`valid_to` is before `valid_from`")

    def is_in_force(self, on: date) -> bool:
        """Whether the pack is valid on that day; first and last day are included."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Needs(Group, frozen=True):
    """A need (需求) without an answer is overdue after so many days (calendar days)."""

    overdue_days: Sourced[Count]


class Publications(Group, frozen=True):
    """The shortest period of a 公示, in calendar days."""

    min_days: Sourced[Count]


class PolicyPack(Group, frozen=True):
    """One city's document as parameters; a group that the document does not rule is absent."""

    identity: Identity
    grants: Grants | None = None
    volunteers: Volunteers | None = None
    indicators: tuple[Sourced[Target], ...] = ()
    needs: Needs | None = None
    publications: Publications | None = None

    def __post_init__(self) -> None:
        require_unique("indicators", [target.value.key for target in self.indicators])
