"""Act 2: neighbours deliberate, and the residents' representatives decide (居民代表会议, RC-2)."""

from datetime import timedelta
from typing import Any

from backend.cli.story.cast import Cast
from backend.cli.story.stage import Player, Stage, require
from backend.seeding.people import COMMUNITY, FUND_NAME, STREET

SUPPORTERS = 40
QUORUM = 25
"""Two thirds of 37 (居委会组织法 §29), rounded up by the rule and not here."""

YES, NO = 20, 2


async def play_meeting(stage: Stage, cast: Cast) -> None:
    """A topic, a meeting with notice, a quorum reached, a vote, a published decision."""
    stage.act(2, "Deciding together: topic, notice, quorum, vote (居民代表会议)")
    stage.figures["fund_id"] = await _find_fund(stage, cast)
    topic = await _topic(stage, cast)
    meeting, item = await _call(stage, cast, topic)
    await stage.advance_to(meeting["starts_at"], before=timedelta(minutes=10))
    present, absent = await _gather(stage, cast, meeting)
    await stage.advance_to(meeting["starts_at"], after=timedelta(minutes=1))
    motion = await _vote(stage, cast, meeting, item, present=present, absent=absent)
    await _adopt(stage, cast, meeting, motion)


async def _find_fund(stage: Stage, cast: Cast) -> str:
    funds = await stage.ask(cast.staff["jiedao"], "GET", f"/v1/funds?place={STREET}")
    return next(str(fund["id"]) for fund in funds["items"] if fund["name"] == FUND_NAME)


async def _topic(stage: Stage, cast: Cast) -> dict[str, Any]:
    proposer, path = cast.residents[1], f"/v1/places/{COMMUNITY}/topics"
    body = {
        "title": "给独居老人安排晚间照护",
        "text": "问卷里很多邻居都提到傍晚没人照看老人，建议社区一起想办法。",
        "need_id": stage.figures["need_id"],
    }
    await stage.eve_tries("POST", path, body)
    topic = await stage.ask(proposer, "POST", path, body)
    await stage.eve_tries("POST", f"/v1/topics/{topic['id']}/supports")
    supporting = cast.residents[2 : 2 + SUPPORTERS]
    await stage.all_of(
        stage.ask(who, "POST", f"/v1/topics/{topic['id']}/supports") for who in supporting
    )
    seen = await stage.ask(cast.chair, "GET", f"/v1/topics/{topic['id']}")
    require(seen["supporters"] == SUPPORTERS, f"{seen['supporters']} supporters")
    stage.say(f"{proposer} proposes «{topic['title']}»; {seen['supporters']} neighbours support it")
    return dict(topic)


async def _call(
    stage: Stage, cast: Cast, topic: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    starts_at = await stage.now() + timedelta(days=4)
    body = {
        "kind": "representative_meeting",
        "rule_id": "RC-2",
        "title": "第四季度居民代表会议",
        "starts_at": starts_at.isoformat(),
        "venue": "社区活动室",
        "mode": "in_person",
    }
    path = f"/v1/places/{COMMUNITY}/meetings"
    await stage.eve_tries("POST", path, body)
    meeting = await stage.ask(cast.chair, "POST", path, body)
    about = {"title": topic["title"], "topic_id": topic["id"]}
    await stage.eve_tries("POST", f"/v1/meetings/{meeting['id']}/agenda-items", about)
    item = await stage.ask(cast.chair, "POST", f"/v1/meetings/{meeting['id']}/agenda-items", about)
    await stage.eve_tries("POST", f"/v1/meetings/{meeting['id']}/notice")
    notice = await stage.ask(cast.chair, "POST", f"/v1/meetings/{meeting['id']}/notice")
    stage.say(
        f"{cast.chair} calls a meeting in 4 days (law: {notice['notice_days']} days of notice);"
        f" the roll of {notice['roll_size']} is frozen as {notice['roll_sha256'][:12]}…"
    )
    return dict(meeting), dict(item)


async def _gather(stage: Stage, cast: Cast, meeting: dict[str, Any]) -> tuple[list[Player], Player]:
    """24 check in, and one more: the quorum is shown live before and after."""
    entitled = [cast.chair, *cast.committee, *cast.representatives]
    arriving, last, absent = entitled[: QUORUM - 1], entitled[QUORUM - 1], entitled[QUORUM]
    path = f"/v1/meetings/{meeting['id']}"
    await stage.eve_tries("GET", f"{path}/check-in-code")
    await _check_in(stage, cast, path, arriving)
    async with stage.watching(f"meeting:{meeting['id']}", f"{path}/live", cast.chair) as screen:
        before = (await screen.next_snapshot())["quorum"]
        stage.say(f"on the screen: {before['words_en']}")
        require(before["present"] == QUORUM - 1 and not before["reached"], "no quorum yet")
        await _check_in(stage, cast, path, [last])
        after = (await screen.next_snapshot())["quorum"]
        stage.say(f"on the screen: {after['words_en']}")
        require(after["present"] == QUORUM and after["reached"], "the quorum is reached")
    return [*arriving, last], absent


async def _check_in(stage: Stage, cast: Cast, path: str, arriving: list[Player]) -> None:
    code = (await stage.ask(cast.chair, "GET", f"{path}/check-in-code"))["code"]
    body = {"code": code, "mode": "in_person"}
    await stage.eve_tries("POST", f"{path}/check-ins", body)
    await stage.all_of(stage.ask(who, "POST", f"{path}/check-ins", body) for who in arriving)
    stage.say(f"{len(arriving)} check in by the code on the screen ({code[:6]}…)")


async def _vote(
    stage: Stage,
    cast: Cast,
    meeting: dict[str, Any],
    item: dict[str, Any],
    *,
    present: list[Player],
    absent: Player,
) -> dict[str, Any]:
    body = {
        "agenda_item_id": item["id"],
        "title": "设立晚间照护项目",
        "question": "是否同意用街道专项基金征集一个老人晚间照护项目？",
    }
    path = f"/v1/meetings/{meeting['id']}/motions"
    await stage.eve_tries("POST", path, body)
    motion = await stage.ask(cast.chair, "POST", path, body)
    ballots, minutes = f"/v1/motions/{motion['id']}/ballots", {"minutes": 15}
    await stage.eve_tries("POST", f"/v1/motions/{motion['id']}/opening", minutes)
    opened = await stage.ask(cast.chair, "POST", f"/v1/motions/{motion['id']}/opening", minutes)
    stage.say(f"the motion is open, frozen as {opened['manifest_sha256'][:12]}…")
    await stage.eve_tries("POST", ballots, {"choice": "yes"})
    refused = await stage.ask(absent, "POST", ballots, {"choice": "yes"}, expect=409)
    stage.say(f"{absent}, who did not check in, is told: {refused['detail']}")
    choices = ["yes"] * YES + ["no"] * NO + ["abstain"] * (QUORUM - YES - NO)
    await stage.all_of(
        stage.ask(who, "POST", ballots, {"choice": choice})
        for who, choice in zip(present, choices, strict=True)
    )
    await stage.eve_tries("POST", f"/v1/motions/{motion['id']}/closure")
    result = await stage.ask(cast.chair, "POST", f"/v1/motions/{motion['id']}/closure")
    await stage.eve_tries("GET", f"/v1/motions/{motion['id']}/result")
    counts = result["counts"]
    stage.say(
        f"closed: {counts['yes']['heads']} yes, {counts['no']['heads']} no,"
        f" {counts['abstain']['heads']} abstain: {result['outcome']}"
    )
    for clause in result["clauses"]:
        stage.say(f"  {clause['words_en']}")
    require(result["outcome"] == "passed", f"the motion came to {result['outcome']}")
    return dict(motion)


async def _adopt(stage: Stage, cast: Cast, meeting: dict[str, Any], motion: dict[str, Any]) -> None:
    due_at = await stage.now() + timedelta(days=60)
    body = {
        "motion_id": motion["id"],
        "text": "同意以街道专项基金征集老人晚间照护项目，由居委会跟进并向居民反馈。",
        "way_kind": "fund",
        "way_ref": stage.figures["fund_id"],
        "responsible": "清荷社区居民委员会",
        "due_at": due_at.isoformat(),
    }
    path = f"/v1/meetings/{meeting['id']}/resolutions"
    await stage.eve_tries("POST", path, body)
    resolution = await stage.ask(cast.chair, "POST", path, body)
    published = await stage.ask(
        cast.residents[0], "GET", f"/v1/publications/{resolution['publication_id']}"
    )
    stage.say(
        f"the decision is public from {published['starts_at'][:10]} to"
        f" {published['ends_at'][:10]}, SHA-256 {published['sha256'][:12]}…"
    )
    stage.say(f"it names the way: {FUND_NAME}")
    await stage.eve_tries("POST", f"/v1/meetings/{meeting['id']}/closure")
    await stage.ask(cast.chair, "POST", f"/v1/meetings/{meeting['id']}/closure")
