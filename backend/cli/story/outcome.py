"""Act 5: what became of it: evidence, indicators, and the inbox of those who asked."""

import asyncio
from typing import Any

from backend.cli.story.cast import Cast
from backend.cli.story.stage import Player, Stage, require, yuan
from backend.seeding.people import COMMUNITY

INBOX_WITHIN_S = 15.0
STEPS = ("topic_proposed", "decided", "call_opened", "awarded", "project_started", "answered")


async def read_indicators(stage: Stage, reader: Player) -> dict[str, Any]:
    """The community's indicators of today."""
    found = await stage.ask(reader, "GET", f"/v1/places/{COMMUNITY}/indicators")
    return dict(found)


async def play_outcome(stage: Stage, cast: Cast) -> None:
    """Read the project's evidence, the indicators, and a respondent's inbox."""
    stage.act(5, "What became of it (需求回音)")
    await _evidence(stage, cast)
    await _indicators(stage, cast)
    await _inbox(stage, cast.residents[1])


async def _evidence(stage: Stage, cast: Cast) -> None:
    path = f"/v1/projects/{stage.figures['project_id']}/evidence"
    await stage.eve_tries("GET", path)
    evidence = await stage.ask(cast.chair, "GET", path)
    totals = {total["kind"]: total["quantity"] for total in evidence["totals"]}
    for total in evidence["totals"]:
        shown = yuan(total["quantity"]) if total["unit"] == "fen" else total["quantity"]
        unit = "" if total["unit"] == "fen" else f" {total['unit']}"
        stage.say(f"evidence {total['kind']:<16} {shown}{unit}")
    require(totals["people_reached"] == stage.figures["attendees"], "people reached")
    volunteer = stage.figures["minutes_volunteer"]
    require(totals["hours_volunteer"] == volunteer, "volunteer minutes in the evidence")
    duty = stage.figures["minutes_party_worker"] + stage.figures["minutes_social_worker"]
    require(totals["hours_duty"] == duty, "duty minutes in the evidence")
    require(totals["money"] == stage.figures["award_fen"], "money in the evidence")
    for kind in ("need", "decision"):
        require(totals[kind] == 1, f"one {kind} in the evidence")


async def _indicators(stage: Stage, cast: Cast) -> None:
    await stage.eve_tries("GET", f"/v1/places/{COMMUNITY}/indicators")
    before, after = stage.figures["before"], await read_indicators(stage, cast.chair)
    for target, earlier in zip(after["targets"], before["targets"], strict=True):
        stage.say(
            f"{target['name']}: {target['numerator']} of {target['denominator']}"
            f" (was {earlier['numerator']} of {earlier['denominator']}), target"
            f" {target['bound']}: {'reached' if target['met'] else 'not reached'}"
        )
    answered = _promise(after, "need_answered")
    was = _promise(before, "need_answered")
    stage.say(
        f"{answered['name']}: {answered['covered']} of {answered['total']}"
        f" (was {was['covered']} of {was['total']})"
    )
    require(answered["covered"] == was["covered"] + 1, "one more need is answered")
    served = after["hours"]["volunteer_minutes"] - before["hours"]["volunteer_minutes"]
    require(served == stage.figures["minutes_volunteer"], "the hours indicator moved")
    stage.say(f"volunteer service: {after['hours']['volunteer_minutes']} minutes ({served:+})")


def _promise(indicators: dict[str, Any], key: str) -> dict[str, Any]:
    return next(dict(p) for p in indicators["promises"] if p["key"] == key)


async def _inbox(stage: Stage, respondent: Player) -> None:
    """Everybody who named the need finds each step; the worker may need a moment for it."""
    need, wanted = str(stage.figures["need_id"]), set(STEPS)
    found: list[dict[str, Any]] = []
    for _ in range(int(INBOX_WITHIN_S / 0.5)):
        page = await stage.ask(respondent, "GET", "/v1/me/notices?limit=100")
        found = [notice for notice in page["items"] if notice["subject_id"] == need]
        if wanted <= {notice["topic"].rpartition(".")[2] for notice in found}:
            break
        await asyncio.sleep(0.5)
    told = {notice["topic"].rpartition(".")[2] for notice in found}
    require(wanted <= told, f"{respondent} was told {sorted(told)}")
    stage.say(f"{respondent} named the need and reads in the inbox:")
    for notice in reversed(found):
        stage.say(f"  {notice['title']}：{notice['text']}")
