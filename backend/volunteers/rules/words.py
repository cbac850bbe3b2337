"""What a scan says to the person in front of the screen."""

from datetime import datetime
from zoneinfo import ZoneInfo

from backend.volunteers.types import Direction, Ledger, Step

_LEDGERS = {
    Ledger.VOLUNTEER: ("志愿服务时长", "volunteer service"),
    Ledger.DUTY: ("在岗时长", "duty time"),
}


def clock_words(at: datetime, zone: str) -> str:
    """A moment on the place's own clock, to the minute."""
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def say_step(
    step: Step, direction: Direction, when: str, minutes: int | None, ledger: Ledger
) -> tuple[str, str]:
    """The sentence in Chinese and English; `when` is the moment that counts, already in words."""
    zh_verb, en_verb = ("签到", "in") if direction is Direction.IN else ("签退", "out")
    if step is Step.REPEAT:
        return f"您已于 {when} {zh_verb}，无需重复扫码。", f"Already checked {en_verb} at {when}."
    if step is Step.ENTER:
        return (
            f"签到成功：{when}。离开时请扫签退码。",
            f"Checked in at {when}. Scan again on leaving.",
        )
    zh_ledger, en_ledger = _LEDGERS[ledger]
    return (
        f"签退成功：{when}，记入{zh_ledger} {minutes} 分钟，待确认。",
        f"Checked out at {when}: {minutes} minutes of {en_ledger}, to be confirmed.",
    )
