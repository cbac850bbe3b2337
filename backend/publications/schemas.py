"""What crosses the wire in publications; everybody may read it."""

from datetime import datetime
from uuid import UUID

from backend.core.wire import Facts, View
from backend.publications.types import PublicationKind


class SubjectView(View):
    """What a publication is about."""

    kind: str
    id: str


class PublicationLine(View):
    """A publication in a list; `active` says whether its period runs right now."""

    id: UUID
    place_code: str
    kind: PublicationKind
    title: str
    starts_at: datetime
    ends_at: datetime
    active: bool
    sha256: str


class PublicationView(PublicationLine):
    """A publication with everything that `sha256` covers.

    The hash is over the JSON of place_code, kind, title, text, facts, subject, starts_at and
    ends_at as they stand here: keys sorted, no blanks, UTF-8. `published_by` is a masked name.
    """

    text: str
    facts: Facts
    subject: SubjectView
    published_by: str
