"""Parameters of volunteers' service: from minutes to hours, from hours to stars."""

from typing import Annotated

from msgspec import Meta

from backend.policies.types.sourced import Count, Group, Sourced, WholeNumber

ClockTime = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class Backbone(Group, frozen=True):
    """A backbone volunteer (志愿服务骨干): at least so many hours in the months before the day."""

    min_hours: Count
    within_months: Count


class Volunteers(Group, frozen=True):
    """How service becomes hours (服务时长) and hours become stars (星级).

    Credited minutes are rounded down to a multiple of `rounding_minutes`; the shift's window is
    widened by the two graces; a service day begins at `day_starts_at` in the place's own zone.
    """

    rounding_minutes: Sourced[Count]
    grace_before_minutes: Sourced[WholeNumber]
    grace_after_minutes: Sourced[WholeNumber]
    minimum_minutes: Sourced[WholeNumber]
    daily_cap_minutes: Sourced[Annotated[int, Meta(ge=1, le=1440)]]
    day_starts_at: Sourced[ClockTime]
    recording_working_days: Sourced[Count]
    backbone: Sourced[Backbone]
    star_hours: Sourced[Annotated[tuple[Count, ...], Meta(min_length=1)]]
    selections_per_year: Sourced[Count] | None = None

    def __post_init__(self) -> None:
        hours = self.star_hours.value
        if list(hours) != sorted(set(hours)):
            raise ValueError("`star_hours` must rise from star to star")
        if self.minimum_minutes.value > self.daily_cap_minutes.value:
            raise ValueError("`minimum_minutes` is above `daily_cap_minutes`")
