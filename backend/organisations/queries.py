"""Reads of organisations."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.core.db import fetch, fetch_one, fetch_value
from backend.core.paging import decode_id_cursor, page_of
from backend.core.problems import NotFound
from backend.core.wire import Page
from backend.organisations.schemas import OrganisationView
from backend.organisations.types import OrganisationFacts, OrganisationKind, OrganisationStatus

_CURRENT = (
    " FROM organisation_staff s JOIN organisations o ON o.id = s.organisation_id"
    " JOIN places p ON p.code = o.place_code"
    " WHERE s.from_on <= (linli_now() AT TIME ZONE p.zone)::date"
    " AND (s.to_on IS NULL OR s.to_on >= (linli_now() AT TIME ZONE p.zone)::date)"
)
"""Who works for whom today, by the calendar of the organisation's place."""


def _view(row: Any) -> OrganisationView:
    return OrganisationView(
        id=row["id"],
        name=row["name"],
        kind=OrganisationKind(row["kind"]),
        status=OrganisationStatus(row["status"]),
        credit_code=row["credit_code"],
        place_code=row["place_code"],
    )


async def get_organisation(organisation_id: UUID) -> OrganisationFacts:
    """An organisation by its id; not found if there is none."""
    row = await fetch_one(
        "SELECT o.*, p.path FROM organisations o JOIN places p ON p.code = o.place_code"
        " WHERE o.id = $1",
        organisation_id,
    )
    if row is None:
        raise NotFound
    return OrganisationFacts(
        row["id"],
        row["name"],
        row["place_code"],
        row["path"],
        OrganisationStatus(row["status"]),
        OrganisationKind(row["kind"]),
    )


async def list_managed(person_id: UUID) -> list[UUID]:
    """The organisations that a person manages today."""
    rows = await fetch(
        "SELECT s.organisation_id" + _CURRENT + " AND s.person_id = $1 AND s.function = 'manager'",
        person_id,
    )
    return [row["organisation_id"] for row in rows]


async def works_for(person_id: UUID, organisation_id: UUID) -> bool:
    """Whether a person works for an organisation today, in whatever function."""
    return bool(
        await fetch_value(
            "SELECT EXISTS (SELECT 1" + _CURRENT + " AND s.person_id = $1 AND o.id = $2)",
            person_id,
            organisation_id,
        )
    )


async def list_staff_of(organisation_ids: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    """Who works today for each of these organisations: person ids by organisation."""
    rows = await fetch(
        "SELECT o.id, array_agg(s.person_id) AS people" + _CURRENT + " AND o.id = ANY($1)"
        " GROUP BY o.id",
        list(organisation_ids),
    )
    return {row["id"]: set(row["people"]) for row in rows}


async def get_organisation_view(organisation_id: UUID) -> OrganisationView:
    """An organisation as everybody sees it."""
    row = await fetch_one("SELECT * FROM organisations WHERE id = $1", organisation_id)
    if row is None:
        raise NotFound
    return _view(row)


async def list_organisations(
    place: str | None, limit: int, after: str | None
) -> Page[OrganisationView]:
    """Organisations at a place and below it, in the order in which they came on record."""
    last = decode_id_cursor(after)
    rows = await fetch(
        "SELECT o.* FROM organisations o JOIN places p ON p.code = o.place_code"
        " WHERE ($1::text IS NULL OR starts_with(p.path,"
        " (SELECT path FROM places WHERE code = $1)))"
        " AND ($2::uuid IS NULL OR o.id > $2) ORDER BY o.id LIMIT $3",
        place,
        last,
        limit + 1,
    )
    return page_of(rows, limit, _view, lambda row: (row["id"],))
