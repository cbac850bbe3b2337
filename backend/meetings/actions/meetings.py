"""The life of a meeting: called, its agenda filled, notice given, closed."""

from uuid import UUID

from backend.community.queries import count_households, list_body_members
from backend.community.types import CommunityBody
from backend.core import audit, clock
from backend.core.access import Actor, Permission
from backend.core.columns import new_id
from backend.core.db import atomic, fetch, fetch_value
from backend.meetings import queries, rules
from backend.meetings.schemas import (
    AddAgendaItem,
    AgendaItemView,
    CallMeeting,
    FindingView,
    MeetingNoticeView,
    MeetingView,
)
from backend.meetings.types import Finding, MeetingFacts
from backend.notices.actions import tell
from backend.notices.types import NewNotice
from backend.places.queries import get_place_for
from backend.polls import actions as polls
from backend.polls.queries import get_rule, list_motions, list_roll_people
from backend.polls.types import RollFacts, RollMember, VotingRule


async def call_meeting(actor: Actor, code: str, order: CallMeeting) -> MeetingView:
    """Call a meeting under the rule that is in force at the place on its day."""
    place = await get_place_for(actor, code, Permission.CONVENE_MEETINGS)
    async with atomic():
        at = await clock.now()
        rules.require_ahead(order.starts_at, at)
        on = queries.local_day(order.starts_at, place.zone)
        rules.require_body(await get_rule(order.rule_id, place.path, on), order.kind)
        meeting_id = new_id()
        await fetch(
            "INSERT INTO meetings (id, place_code, kind, rule_id, title, venue, mode, starts_at,"
            " created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            meeting_id,
            place.code,
            order.kind,
            order.rule_id,
            order.title,
            order.venue,
            order.mode,
            order.starts_at,
            actor.account_id,
            at,
        )
        await audit.record(
            "call_meeting",
            actor,
            subject=("meeting", str(meeting_id)),
            place_code=place.code,
            facts={"kind": order.kind, "rule_id": order.rule_id},
        )
        return await queries.view_meeting(actor, meeting_id)


async def add_agenda_item(actor: Actor, meeting_id: UUID, order: AddAgendaItem) -> AgendaItemView:
    """Add an item to the end of the agenda, before notice is given."""
    async with atomic():
        meeting = await _convened(actor, meeting_id)
        rules.require_unnoticed(meeting.noticed_at, rules.AgendaFixed)
        if order.topic_id is not None:
            await queries.get_topic_for(actor, order.topic_id, Permission.CONVENE_MEETINGS)
        item_id = new_id()
        number = await fetch_value(
            "INSERT INTO agenda_items (id, meeting_id, number, title, topic_id)"
            " SELECT $1, $2, 1 + count(*), $3, $4 FROM agenda_items WHERE meeting_id = $2"
            " RETURNING number",
            item_id,
            meeting_id,
            order.title,
            order.topic_id,
        )
        await _record("add_agenda_item", actor, meeting, number=number)
    return AgendaItemView(id=item_id, number=number, title=order.title, topic_id=order.topic_id)


async def give_notice(actor: Actor, meeting_id: UUID) -> MeetingNoticeView:
    """Give notice: the legal days are checked, the roll is frozen, those on it are told."""
    async with atomic():
        meeting = await _convened(actor, meeting_id)
        at = await clock.now()
        rules.require_unnoticed(meeting.noticed_at, rules.NoticeAlreadyGiven)
        agenda = [item.title for item in await queries.list_agenda(meeting_id)]
        rules.require_agenda(len(agenda))
        rule = await queries.get_rule_of(meeting)
        rules.require_notice(
            rule,
            queries.local_day(at, meeting.zone),
            queries.local_day(meeting.starts_at, meeting.zone),
        )
        roll, findings = await _freeze(meeting, rule)
        await fetch(
            "UPDATE meetings SET noticed_at = $2, roll_id = $3 WHERE id = $1",
            meeting_id,
            at,
            roll.id,
        )
        told = await _tell(meeting, roll, agenda)
        await _record(
            "give_notice", actor, meeting, roll_size=roll.size, roll_sha256=roll.sha256, told=told
        )
    return MeetingNoticeView(
        meeting_id=meeting_id,
        noticed_at=at,
        rule_id=rule.id,
        rule_version=rule.version,
        notice_days=rules.notice_days_of(rule, None),
        roll_size=roll.size,
        roll_sha256=roll.sha256,
        told=told,
        findings=[FindingView(code=f.code, zh=f.zh, en=f.en) for f in findings],
    )


async def _freeze(meeting: MeetingFacts, rule: VotingRule) -> tuple[RollFacts, tuple[Finding, ...]]:
    """Committee and representatives as they sit today, in a lawful composition (居委会法 §28)."""
    committee = await list_body_members(meeting.place_code, CommunityBody.COMMITTEE)
    seated = {member.person_id for member in committee}
    representatives = [
        member
        for member in await list_body_members(meeting.place_code, CommunityBody.REPRESENTATIVES)
        if member.person_id not in seated
    ]
    findings: tuple[Finding, ...] = ()
    if rule.composition is not None:
        households = await count_households(meeting.path)
        findings = rules.require_composition(
            rule.composition, len(committee), len(representatives), households
        )
    members = [RollMember(one.person_id, one.office.value) for one in committee]
    members += [RollMember(one.person_id, "representative") for one in representatives]
    return await polls.freeze_roll(meeting.place_code, meeting.kind, members), findings


async def _tell(meeting: MeetingFacts, roll: RollFacts, agenda: list[str]) -> int:
    zh, en = rules.notice_words(
        meeting.title, meeting.venue, meeting.starts_at, meeting.zone, agenda
    )
    message = NewNotice(
        topic="meetings",
        subject_kind="meeting",
        subject_id=str(meeting.id),
        title_zh=f"会议通知：{meeting.title}",
        title_en=f"Notice of a meeting: {meeting.title}",
        text_zh=zh,
        text_en=en,
        tag=f"give_notice:{meeting.id}",
    )
    return await tell(await list_roll_people(roll.id), message)


async def close_meeting(actor: Actor, meeting_id: UUID) -> MeetingView:
    """Close a meeting once its votes are counted; motions that were never opened are withdrawn."""
    async with atomic():
        meeting = await _convened(actor, meeting_id)
        at = await clock.now()
        rules.require_in_session(meeting, at)
        motion_ids = await queries.list_motion_ids(meeting_id)
        await polls.withdraw_motions(actor, motion_ids)
        rules.require_counted([motion.state for motion in await list_motions(motion_ids)])
        await fetch("UPDATE meetings SET closed_at = $2 WHERE id = $1", meeting_id, at)
        await _record("close_meeting", actor, meeting, motions=len(motion_ids))
        return await queries.view_meeting(actor, meeting_id)


async def _convened(actor: Actor, meeting_id: UUID) -> MeetingFacts:
    """A meeting that the actor convenes, held until the end of the transaction."""
    return await queries.get_meeting_for(
        actor, meeting_id, Permission.CONVENE_MEETINGS, lock="FOR UPDATE OF m"
    )


async def _record(verb: str, actor: Actor, meeting: MeetingFacts, **facts: int | str) -> None:
    await audit.record(
        verb,
        actor,
        subject=("meeting", str(meeting.id)),
        place_code=meeting.place_code,
        facts=facts,
    )
