"""Reads of indicators, across all rooms and nowhere else; every figure is counted afresh."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from backend.community.queries import count_permanent_residents
from backend.core import clock
from backend.core.access import Actor, Permission
from backend.core.db import fetch, fetch_one
from backend.core.paging import decode_newest, page_of
from backend.core.wire import Page
from backend.indicators import rules
from backend.indicators.schemas import (
    HoursView,
    IndicatorsView,
    LoopStepView,
    LoopView,
    PromiseView,
    TargetView,
    UncoveredView,
)
from backend.indicators.types import Period, Promise, VolunteerCounts
from backend.places.queries import get_place_for
from backend.places.types import PlaceFacts
from backend.policies.queries import get_pack_in_force
from backend.policies.types import PolicyPack, is_target_met

MOST_UNCOVERED = 50

_VOLUNTEERS = """
WITH here AS (SELECT code FROM places WHERE path LIKE $1 || '%'),
registered AS (
  SELECT v.person_id FROM volunteer_profiles v JOIN here ON here.code = v.place_code
   WHERE v.registered_at < $3),
served AS (
  SELECT h.person_id, h.ledger, h.minutes, s.starts_at FROM hours_entries h
    JOIN here ON here.code = h.place_code JOIN shifts s ON s.id = h.shift_id
   WHERE s.starts_at >= $2 AND s.starts_at < $3)
SELECT (SELECT count(*) FROM registered) AS registered,
  (SELECT count(DISTINCT person_id) FROM served JOIN registered USING (person_id)
    WHERE ledger = 'volunteer' AND minutes > 0) AS serving,
  (SELECT count(*) FROM (SELECT person_id FROM served JOIN registered USING (person_id)
     WHERE ledger = 'volunteer' AND starts_at >= $3::timestamptz - make_interval(months => $4)
     GROUP BY person_id HAVING sum(minutes) >= $5) b) AS backbone,
  (SELECT coalesce(sum(minutes), 0)::bigint FROM served WHERE ledger = 'volunteer')
    AS volunteer_minutes,
  (SELECT coalesce(sum(minutes), 0)::bigint FROM served WHERE ledger = 'duty') AS duty_minutes
"""

_HERE = "JOIN places pl ON pl.code = x.place_code WHERE pl.path LIKE $1 || '%'"

_PROMISES: tuple[Promise, ...] = (
    Promise(
        key="need_answered",
        kind="need",
        zh="每个需求都有回应",
        en="every need gets an answer",
        sql="SELECT x.id, x.title, x.state IN ('answered','delivered','rated','declined')"
        f" AS covered FROM needs x {_HERE} AND x.raised_at < $2",
    ),
    Promise(
        key="service_has_organisation",
        kind="project",
        zh="每项服务都有组织承接",
        en="every service has an organisation",
        sql="SELECT x.id, x.title, x.organisation_id IS NOT NULL AS covered"
        f" FROM projects x {_HERE} AND x.created_at < $2",
    ),
    Promise(
        key="activity_has_funds",
        kind="activity",
        zh="每个活动都有资金或社会支持",
        en="every activity has money or social support",
        sql="SELECT x.id, x.title, EXISTS (SELECT 1 FROM project_ledger l"
        " WHERE l.project_id = x.project_id AND l.kind = 'committed') AS covered"
        f" FROM activities x {_HERE} AND x.created_at < $2",
    ),
    Promise(
        key="problem_is_deliberated",
        kind="topic",
        zh="每个问题都有居民协商",
        en="every problem has residents deliberating it",
        sql="SELECT x.id, x.title, EXISTS (SELECT 1 FROM agenda_items a"
        " JOIN meetings m ON m.id = a.meeting_id WHERE a.topic_id = x.id"
        " AND m.closed_at IS NOT NULL) AS covered"
        f" FROM topics x {_HERE} AND x.proposed_at < $2",
    ),
)


async def get_indicators(
    actor: Actor, place_code: str, on: date | None, language: str
) -> IndicatorsView:
    """What a place and all below it have reached up to a day, for those who may read all that."""
    place = await get_place_for(actor, place_code, Permission.READ_PROJECTS)
    day = on or (await clock.now()).astimezone(ZoneInfo(place.zone)).date()
    period = rules.period_of(day, place.zone)
    pack = await get_pack_in_force(place.path, day)
    counts = await _count_volunteers(place, period, pack)
    return IndicatorsView(
        place_code=place.code,
        on=day,
        policy_key=pack.identity.key,
        policy_version=str(pack.identity.version),
        targets=_targets(pack, counts, language),
        promises=[
            await _cover(promise, place.path, period.ends_at, language) for promise in _PROMISES
        ],
        hours=HoursView(
            volunteer_minutes=counts.volunteer_minutes, duty_minutes=counts.duty_minutes
        ),
    )


async def _count_volunteers(place: PlaceFacts, period: Period, pack: PolicyPack) -> VolunteerCounts:
    months, hours = 12, 0
    if pack.volunteers is not None:
        backbone = pack.volunteers.backbone.value
        months, hours = backbone.within_months, backbone.min_hours
    row = await fetch_one(
        _VOLUNTEERS, place.path, period.starts_at, period.ends_at, months, hours * 60
    )
    return VolunteerCounts(
        permanent_residents=await count_permanent_residents(place.path), **dict(row)
    )


def _targets(pack: PolicyPack, counts: VolunteerCounts, language: str) -> list[TargetView]:
    spoken = "en" if language == "en" else "zh"
    found = []
    for sourced in pack.indicators:
        target = sourced.value
        fraction = rules.fraction_of(target.key, counts)
        if fraction is None:
            continue
        found.append(
            TargetView(
                key=target.key,
                name=getattr(target.name, spoken),
                numerator=fraction[0],
                denominator=fraction[1],
                counted=getattr(target.numerator, spoken),
                out_of=getattr(target.denominator, spoken),
                bound=target.bound,
                met=is_target_met(target, *fraction),
                source=sourced.source,
            )
        )
    return found


async def _cover(promise: Promise, path: str, before: datetime, language: str) -> PromiseView:
    counted = await fetch_one(
        "SELECT count(*) AS total, count(*) FILTER (WHERE promised.covered) AS covered"
        f" FROM ({promise.sql}) promised",
        path,
        before,
    )
    missing = await fetch(
        f"SELECT id, title FROM ({promise.sql}) promised WHERE NOT covered ORDER BY id LIMIT $3",
        path,
        before,
        MOST_UNCOVERED,
    )
    return PromiseView(
        key=promise.key,
        name=promise.en if language == "en" else promise.zh,
        covered=counted["covered"],
        total=counted["total"],
        uncovered=[
            UncoveredView(kind=promise.kind, ref=str(row["id"]), title=row["title"])
            for row in missing
        ],
    )


_LOOPS = """
SELECT n.id, n.title, n.state, n.affected_count, n.raised_at,
  (SELECT coalesce(jsonb_agg(jsonb_build_array(s.step, s.ref_kind, s.ref_id, s.at)
     ORDER BY s.at, s.id), '[]') FROM need_steps s WHERE s.need_id = n.id) AS steps,
  (SELECT coalesce(array_agg(p.id ORDER BY p.id), '{}') FROM projects p WHERE p.need_id = n.id)
    AS project_ids,
  (SELECT coalesce(sum(e.quantity), 0)::bigint FROM evidence e
    JOIN projects p ON p.id = e.project_id
    WHERE p.need_id = n.id AND e.kind = 'hours_volunteer') AS volunteer_minutes,
  (SELECT coalesce(sum(e.quantity), 0)::bigint FROM evidence e
    JOIN projects p ON p.id = e.project_id
    WHERE p.need_id = n.id AND e.kind = 'people_reached') AS people_reached
  FROM needs n JOIN places pl ON pl.code = n.place_code
 WHERE pl.path LIKE $1 || '%'
   AND ($2::timestamptz IS NULL OR (n.raised_at, n.id) < ($2, $3::uuid))
 ORDER BY n.raised_at DESC, n.id DESC LIMIT $4
"""


async def list_loops(
    actor: Actor, place_code: str, limit: int, after: str | None
) -> Page[LoopView]:
    """The loops of the needs of a place and all below it, newest first."""
    place = await get_place_for(actor, place_code, Permission.READ_PROJECTS)
    rows = await fetch(_LOOPS, place.path, *decode_newest(after), limit + 1)
    return page_of(rows, limit, _loop, lambda row: (row["raised_at"].isoformat(), row["id"]))


def _loop(row: Any) -> LoopView:
    steps = [
        LoopStepView(step=step, ref_kind=kind, ref=ref, at=datetime.fromisoformat(at))
        for step, kind, ref, at in row["steps"]
    ]
    return LoopView(
        need_id=row["id"],
        title=row["title"],
        state=row["state"],
        affected_count=row["affected_count"],
        steps=steps,
        project_ids=row["project_ids"],
        volunteer_minutes=row["volunteer_minutes"],
        people_reached=row["people_reached"],
        closed=row["state"] in ("delivered", "rated"),
    )
