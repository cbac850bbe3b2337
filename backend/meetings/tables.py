"""Tables of meetings: topics and supports, meetings and agendas, resolutions."""

from piccolo.columns import UUID, Integer
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from backend.core.columns import key, moment, place, refers_to, text, word


class Topic(Table, tablename="topics"):
    """A matter that residents want deliberated (议题), often on a need."""

    id = key()
    place_code = place()
    need_id = refers_to("Need", null=True, index=True)
    category = word(40)
    title = word(200)
    text = text()
    proposed_by = refers_to("Person")
    proposed_at = moment()


class TopicSupport(Table, tablename="topic_supports"):
    """A person supports a topic, once; counted, never listed."""

    id = key()
    topic_id = refers_to("Topic")
    person_id = refers_to("Person")
    at = moment()

    topic_supports_once = Unique([topic_id, person_id])


class Meeting(Table, tablename="meetings"):
    """A meeting of a body under a rule; its roll is frozen when notice is given."""

    id = key()
    place_code = place()
    kind = word(30)
    rule_id = word(20)
    title = word(200)
    venue = word(120)
    mode = word(20)
    starts_at = moment()
    noticed_at = moment(null=True)
    closed_at = moment(null=True)
    roll_id = UUID(default=None, null=True)
    created_by = refers_to("Account")
    created_at = moment()

    meetings_kind = Check("kind = 'representative_meeting'")
    meetings_mode = Check("mode IN ('in_person','online','hybrid')")


class AgendaItem(Table, tablename="agenda_items"):
    """An item of a meeting's agenda, in order, often about a topic."""

    id = key()
    meeting_id = refers_to("Meeting")
    number = Integer(default=None)
    title = word(200)
    topic_id = refers_to("Topic", null=True)

    agenda_items_once = Unique([meeting_id, number])


class MeetingMotion(Table, tablename="meeting_motions"):
    """A motion put in a meeting on an agenda item; the poll itself lives in `polls`."""

    id = key()
    meeting_id = refers_to("Meeting", index=True)
    agenda_item_id = refers_to("AgendaItem")
    motion_id = refers_to("Motion")

    meeting_motions_once = Unique([motion_id])


class Resolution(Table, tablename="resolutions"):
    """A decision (决定) that a meeting took, with its publication and the way it names."""

    id = key()
    place_code = place()
    meeting_id = refers_to("Meeting", index=True)
    motion_id = refers_to("Motion")
    need_id = refers_to("Need", null=True, index=True)
    title = word(200)
    text = text()
    way_kind = word(20)
    way_ref = word(60)
    responsible = word(120)
    due_at = moment()
    decided_at = moment()
    publication_id = refers_to("Publication")

    resolutions_once = Unique([motion_id])
    resolutions_way = Check("way_kind IN ('fund','committee','referral')")
