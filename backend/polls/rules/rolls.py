"""Who stands on a roll."""

from backend.core.problems import Kind, Refusal


class NotOnRoll(Refusal):
    """The roll was frozen without this person."""

    kind = Kind.FORBIDDEN
    code = "not-on-roll"
    zh = "您不在本次会议的名册上，不能签到或表决。名册有误请联系居委会。"
    en = "You are not on this roll, so you cannot check in or vote. Ask the committee if it errs."


def require_on_roll(*, is_on_roll: bool) -> None:
    """Only those on the frozen roll are counted as present and vote."""
    if not is_on_roll:
        raise NotOnRoll
