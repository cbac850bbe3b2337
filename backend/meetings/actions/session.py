"""What happens in a meeting: people check in, motions are put, decisions adopted."""

from uuid import UUID

from backend.core import audit, clock
from backend.core.access import Actor, Permission
from backend.core.columns import new_id
from backend.core.db import atomic, fetch
from backend.core.problems import NotFound
from backend.meetings import queries, rules
from backend.meetings.schemas import AttendanceView, CheckInAtMeeting, PutMotion
from backend.meetings.types import MeetingFacts
from backend.polls import actions as polls
from backend.polls.queries import MotionView, find_presence, get_motion
from backend.polls.types import NewMotion, PresenceFacts


async def check_in_at_meeting(
    actor: Actor, meeting_id: UUID, order: CheckInAtMeeting
) -> AttendanceView:
    """Check in with the code on the screen, once; again tells since when one is present."""
    async with atomic():
        meeting = await queries.get_meeting_for(actor, meeting_id, lock="FOR SHARE OF m")
        at = await clock.now()
        roll_id = queries.roll_of(meeting)
        is_right = queries.is_meeting_code(order.code, meeting.id, at)
        presence = None if is_right else await find_presence(roll_id, actor.person_id)
        if presence is None:
            rules.require_in_session(meeting, at)
            rules.require_mode(meeting.mode, order.mode)
            rules.require_code(is_right=is_right)
            presence = await polls.mark_present(actor, roll_id, actor.person_id, order.mode)
        if not presence.repeated:
            await audit.record(
                "check_in_at_meeting",
                actor,
                subject=("meeting", str(meeting_id)),
                place_code=meeting.place_code,
                facts={"entry_id": str(presence.entry_id), "mode": order.mode},
            )
    return _attendance(meeting, presence)


def _attendance(meeting: MeetingFacts, presence: PresenceFacts) -> AttendanceView:
    words, words_en = rules.attendance_words(
        presence.marked_at, meeting.zone, repeated=presence.repeated
    )
    return AttendanceView(
        meeting_id=meeting.id,
        entry_id=presence.entry_id,
        marked_at=presence.marked_at,
        repeated=presence.repeated,
        words=words,
        words_en=words_en,
    )


async def put_motion(actor: Actor, meeting_id: UUID, order: PutMotion) -> MotionView:
    """Put a motion on an item of the agenda, as a draft under the meeting's rule."""
    async with atomic():
        meeting = await queries.get_meeting_for(
            actor, meeting_id, Permission.CONVENE_MEETINGS, lock="FOR SHARE OF m"
        )
        rules.require_noticed(meeting)
        agenda = await queries.list_agenda(meeting_id)
        if order.agenda_item_id not in {item.id for item in agenda}:
            raise NotFound
        new = NewMotion(
            place_code=meeting.place_code,
            roll_id=queries.roll_of(meeting),
            title=order.title,
            question=order.question,
            rule_id=meeting.rule_id,
            on=queries.local_day(meeting.starts_at, meeting.zone),
            not_before=meeting.starts_at,
            live_topic=queries.live_topic(meeting_id),
        )
        motion_id = await polls.create_motion(actor, new)
        await fetch(
            "INSERT INTO meeting_motions (id, meeting_id, agenda_item_id, motion_id)"
            " VALUES ($1, $2, $3, $4)",
            new_id(),
            meeting_id,
            order.agenda_item_id,
            motion_id,
        )
        await audit.record(
            "put_motion",
            actor,
            subject=("motion", str(motion_id)),
            place_code=meeting.place_code,
            facts={"meeting_id": str(meeting_id)},
        )
        return await get_motion(motion_id)
