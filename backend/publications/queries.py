"""Reads of publications: public by their nature."""

from typing import Any
from uuid import UUID

from backend.core.db import fetch, fetch_one
from backend.core.masking import masked_name
from backend.core.paging import decode_newest, page_of
from backend.core.problems import NotFound
from backend.core.wire import Page
from backend.places.queries import get_place
from backend.publications.schemas import PublicationLine, PublicationView, SubjectView
from backend.publications.types import PublicationKind

_ACTIVE = "(p.starts_at <= clock.at AND clock.at < p.ends_at)"

_LIST = f"""
SELECT p.*, {_ACTIVE} AS active
  FROM publications p, (SELECT linli_now() AS at) clock
 WHERE p.place_code = $1 AND ($2::text IS NULL OR p.kind = $2)
   AND ($3::bool IS NULL OR {_ACTIVE} = $3)
   AND ($4::timestamptz IS NULL OR (p.starts_at, p.id) < ($4, $5::uuid))
 ORDER BY p.starts_at DESC, p.id DESC LIMIT $6
"""

_ONE = f"""
SELECT p.*, {_ACTIVE} AS active, who.name AS publisher
  FROM (SELECT linli_now() AS at) clock, publications p
  JOIN accounts a ON a.id = p.published_by JOIN people who ON who.id = a.person_id
 WHERE p.id = $1
"""


def _line(row: Any) -> PublicationLine:
    return PublicationLine(
        id=row["id"],
        place_code=row["place_code"],
        kind=PublicationKind(row["kind"]),
        title=row["title"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        active=row["active"],
        sha256=row["sha256"],
    )


async def list_publications(
    code: str, kind: PublicationKind | None, active: bool | None, limit: int, after: str | None
) -> Page[PublicationLine]:
    """What a place made public, newest first; `active` keeps those whose period runs (or not)."""
    place = await get_place(code)
    moment, last = decode_newest(after)
    rows = await fetch(_LIST, place.code, kind, active, moment, last, limit + 1)
    return page_of(rows, limit, _line, lambda row: (row["starts_at"], row["id"]))


async def get_publication(publication_id: UUID) -> PublicationView:
    """A publication with what its hash covers; not found if there is none."""
    row = await fetch_one(_ONE, publication_id)
    if row is None:
        raise NotFound
    line = _line(row)
    return PublicationView(
        **{field: getattr(line, field) for field in line.__struct_fields__},
        text=row["text"],
        facts=row["facts"],
        subject=SubjectView(kind=row["subject_kind"], id=row["subject_id"]),
        published_by=masked_name(row["publisher"]),
    )
