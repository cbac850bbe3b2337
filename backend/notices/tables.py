"""Tables of notices: the inbox, which is the truth; push and SMS are hints."""

from piccolo.constraints import Unique
from piccolo.table import Table

from backend.core.columns import key, moment, refers_to, text, word


class Notice(Table, tablename="notices"):
    """One message to one person about one event; `tag` makes a repeated delivery harmless."""

    id = key()
    person_id = refers_to("Person")
    topic = word(40)
    subject_kind = word(30)
    subject_id = word(60)
    title_zh = word(200)
    title_en = word(200)
    text_zh = text()
    text_en = text()
    tag = word(200)
    created_at = moment()
    read_at = moment(null=True)

    notices_once = Unique([person_id, tag])
