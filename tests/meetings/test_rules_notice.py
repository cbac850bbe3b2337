"""Days of notice before a meeting, by the calendar."""

import tomllib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from backend.meetings.rules import NoticeTooShort, notice_words, require_notice
from backend.polls.rules import parse_rules
from backend.settings import SEED_DIR

DOCUMENTS = {f.name: tomllib.loads(f.read_text()) for f in (SEED_DIR / "rules").glob("*.toml")}
RULES = {rule.id: rule for rule in parse_rules(DOCUMENTS)}
FIRST = date(2026, 3, 1)
AT = datetime(2026, 3, 11, 19, 0, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("rule", "starts_on", "reason", "earliest"),
    [
        ("RC-1", date(2026, 3, 11), None, None),
        ("RC-1", date(2026, 3, 10), None, date(2026, 3, 11)),
        ("RC-1", date(2026, 3, 10), "  ", date(2026, 3, 11)),
        ("RC-1", FIRST, "台风后抢修", None),
        ("RC-1", date(2026, 2, 28), "台风后抢修", FIRST),
        ("RC-2", date(2026, 3, 4), None, None),
        ("RC-2", date(2026, 3, 3), "台风后抢修", date(2026, 3, 4)),
        ("OW-1", date(2026, 3, 15), None, date(2026, 3, 16)),
        ("VC-2", FIRST, None, None),
    ],
)
def test_notice(rule: str, starts_on: date, reason: str | None, earliest: date | None) -> None:
    if earliest is None:
        require_notice(RULES[rule], FIRST, starts_on, reason)
        return
    with pytest.raises(NoticeTooShort) as refused:
        require_notice(RULES[rule], FIRST, starts_on, reason)
    assert refused.value.facts["earliest"] == earliest


def test_notice_refusal_tells_the_earliest_day() -> None:
    with pytest.raises(NoticeTooShort) as refused:
        require_notice(RULES["RC-1"], FIRST, date(2026, 3, 5))
    assert refused.value.sentence("zh-CN") == (
        "须提前 10 天通知，最早可于 2026-03-11 召开；请改期后重新召集会议。"
    )


def test_notice_takes_days_not_moments() -> None:
    with pytest.raises(TypeError):
        require_notice(RULES["RC-1"], AT, AT + timedelta(days=20))


def test_the_notice_names_the_local_hour_and_the_agenda() -> None:
    starts_at = datetime(2026, 3, 11, 11, 0, tzinfo=UTC)
    agenda = ["晚间照料", "停车"]
    zh, en = notice_words("居民代表会议", "议事厅", starts_at, "Asia/Shanghai", agenda)
    assert "2026-03-11 19:00" in zh
    assert "1. 晚间照料；2. 停车" in zh
    assert "2026-03-11 19:00" in en
