"""What crosses the wire in organisations."""

from uuid import UUID

from backend.core.wire import View
from backend.organisations.types import OrganisationKind, OrganisationStatus


class OrganisationView(View):
    """An organisation as everybody sees it; no person is named."""

    id: UUID
    name: str
    kind: OrganisationKind
    status: OrganisationStatus
    credit_code: str | None
    place_code: str
