"""Writes of publications: making something public, once and unchangeably."""

from datetime import timedelta
from uuid import UUID

from backend.core import audit, clock
from backend.core.access import Actor
from backend.core.columns import new_id
from backend.core.db import atomic, fetch
from backend.publications import rules
from backend.publications.types import NewPublication

PUBLISH_REFUSES = (rules.PublicationTooShort,)
"""What doors that publish for a number of days from outside may answer."""


async def publish(actor: Actor, new: NewPublication) -> UUID:
    """Make something public from now on, in the caller's transaction; returns its id.

    The caller has asked whether the actor may. Refuses a period below the law's (15 days for
    decisions and awards).
    """
    rules.require_period(new.kind, new.days)
    publication_id = new_id()
    async with atomic():
        starts_at = await clock.now()
        ends_at = starts_at + timedelta(days=new.days)
        await fetch(
            "INSERT INTO publications (id, place_code, kind, title, text, facts, subject_kind,"
            " subject_id, starts_at, ends_at, sha256, published_by)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            publication_id,
            new.place_code,
            new.kind,
            new.title,
            new.text,
            new.facts,
            new.subject_kind,
            new.subject_id,
            starts_at,
            ends_at,
            rules.content_sha256(new, starts_at, ends_at),
            actor.account_id,
        )
        await audit.record(
            "publish",
            actor,
            subject=("publication", str(publication_id)),
            place_code=new.place_code,
            facts={"kind": new.kind, "days": new.days, "subject_id": new.subject_id},
        )
    return publication_id
