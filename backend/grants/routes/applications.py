"""HTTP doors of applications."""

from uuid import UUID

from litestar.params import FromPath, JSONBody

from backend.core.access import Permission
from backend.core.doors import Asking, OneTime, get, post, put
from backend.core.paging import After, Limit
from backend.core.wire import Page
from backend.grants import actions, queries, rules
from backend.grants.schemas import (
    ApplicationItem,
    ApplicationView,
    ChecklistView,
    DraftApplication,
    ReviseApplication,
)


@post(
    "/calls/{call_id:uuid}/applications",
    needs=Permission.APPLY_FOR_GRANTS,
    key=True,
    refuses=(rules.CallNotOpen, rules.AlreadyApplied, rules.ApplicationPeriodInvalid),
)
async def draft_application(
    actor: Asking, call_id: FromPath[UUID], data: JSONBody[DraftApplication], once: OneTime
) -> ApplicationView:
    """Start an application in the name of an organisation that you manage.

    The draft is kept whatever its budget says; the findings say what to mend before submission.
    """
    return await once.run(lambda: actions.draft_application(actor, call_id, data), ApplicationView)


@get("/calls/{call_id:uuid}/applications", needs=Permission.SIGNED_IN)
async def list_applications(
    actor: Asking, call_id: FromPath[UUID], limit: Limit = 20, after: After = None
) -> Page[ApplicationItem]:
    """List the applications to a call that you may read."""
    return await queries.list_applications(actor, call_id, limit, after)


@get("/applications/{application_id:uuid}", needs=Permission.SIGNED_IN)
async def get_application(actor: Asking, application_id: FromPath[UUID]) -> ApplicationView:
    """Read an application with its budget and its findings."""
    return await queries.view_application(actor, application_id)


@get("/applications/{application_id:uuid}/checklist", needs=Permission.SIGNED_IN)
async def get_checklist(actor: Asking, application_id: FromPath[UUID]) -> ChecklistView:
    """What is to be mended before submission: which line, which clause, and how."""
    return await queries.view_checklist(actor, application_id)


@put(
    "/applications/{application_id:uuid}",
    needs=Permission.APPLY_FOR_GRANTS,
    refuses=(rules.ApplicationSubmitted, rules.CallNotOpen, rules.ApplicationPeriodInvalid),
)
async def revise_application(
    actor: Asking, application_id: FromPath[UUID], data: JSONBody[ReviseApplication]
) -> ApplicationView:
    """Write a draft anew."""
    return await actions.revise_application(actor, application_id, data)


@post(
    "/applications/{application_id:uuid}/submission",
    needs=Permission.APPLY_FOR_GRANTS,
    key=True,
    refuses=(rules.ApplicationIncomplete, rules.ApplicationSubmitted, rules.CallNotOpen),
)
async def submit_application(
    actor: Asking, application_id: FromPath[UUID], once: OneTime
) -> ApplicationView:
    """Submit a draft with which nothing is wrong; it stands from then on."""
    return await once.run(
        lambda: actions.submit_application(actor, application_id), ApplicationView
    )
