"""What crosses the wire in notices."""

from datetime import datetime
from uuid import UUID

from backend.core.wire import View


class NoticeView(View):
    """A message in one's inbox, in the reader's language; `read_at` is null while unread."""

    id: UUID
    topic: str
    subject_kind: str
    subject_id: str
    title: str
    text: str
    created_at: datetime
    read_at: datetime | None
