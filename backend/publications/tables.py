"""Tables of publications: what was made public, from when to when, unchangeable."""

from piccolo.columns import JSONB
from piccolo.constraints import Check
from piccolo.table import Table

from backend.core.columns import key, moment, place, refers_to, text, word


class Publication(Table, tablename="publications"):
    """A public record (公示); a trigger refuses UPDATE and DELETE."""

    id = key()
    place_code = place()
    kind = word(20)
    title = word(200)
    text = text()
    facts = JSONB(default="{}")
    subject_kind = word(30)
    subject_id = word(60)
    starts_at = moment()
    ends_at = moment()
    sha256 = word(64)
    published_by = refers_to("Account")

    publications_kind = Check("kind IN ('notice','decision','award','disclosure')")
    publications_period = Check(
        "ends_at - starts_at >= CASE WHEN kind IN ('decision','award')"
        " THEN interval '15 days' ELSE interval '1 day' END"
    )
