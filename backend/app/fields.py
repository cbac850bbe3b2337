"""What a validation message means: which field it is about, and what to do, in words for people."""

import re
from typing import Any

_NAMED = re.compile(r"^Object (missing required|contains unknown) field `(.+?)`")
_MISSING = "Object missing required field"
_DATA = re.compile(r"^data(?=[.\[]|$)\.?")

_SENTENCES: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), zh, en)
    for pattern, zh, en in (
        (_MISSING, "此项必填。", "This is required."),
        ("contains unknown field", "没有此项，请删去。", "There is no such field; leave it out."),
        (r"`str` of length >= 1$", "不能为空。", "This must not be empty."),
        (r"`str` of length >= (\d+)", "至少 {0} 个字符。", "At least {0} characters."),
        (r"`str` of length <= (\d+)", "最多 {0} 个字符。", "At most {0} characters."),
        (r"`(?:array|object)` of length >= (\d+)", "至少 {0} 项。", "At least {0} items."),
        (r"`(?:array|object)` of length <= (\d+)", "最多 {0} 项。", "At most {0} items."),
        (r"`(?:int|float|decimal)` >= (-?[\d.]+)", "不能小于 {0}。", "At least {0}."),
        (r"`(?:int|float|decimal)` <= (-?[\d.]+)", "不能大于 {0}。", "At most {0}."),
        (r"matching regex '\\\\S'", "不能为空。", "This must not be empty."),
        (r"matching regex", "格式不正确。", "The format is wrong."),
        (r"[Ii]nvalid enum value", "不在可选范围内。", "This is not one of the choices."),
        (
            r"with a timezone|RFC3339",
            "时间须写成 2026-01-01T08:00:00+08:00。",
            "A time with a zone.",
        ),
        (r"ISO8601|Expected `date", "日期须写成 2026-01-01。", "A date such as 2026-01-01."),
        (r"[Ii]nvalid UUID|Expected `uuid", "编号不正确。", "This is no identifier."),
        (
            r"Expected `(?:int|float|decimal)|out of range",
            "应为范围内的整数。",
            "A whole number within range.",
        ),
        (r"Expected `str", "应为文字。", "This must be text."),
        (r"Expected `bool", "应为 true 或 false。", "This must be true or false."),
        (r"Expected `array", "应为列表。", "This must be a list."),
        (r"Expected `object", "应为一组字段。", "This must be an object."),
    )
)
_ELSE = ("不符合要求。", "This is not acceptable.")


def field_errors(entries: list[Any], language: str) -> list[dict[str, str]]:
    """Each fault as `field`, `message` for the reader, `reason` in the parser's own words.

    `entries` are Litestar's: a key such as `data` or `budget_lines[0].amount_fen`, and a message.
    """
    return [_field_error(entry, language) for entry in entries if isinstance(entry, dict)]


def _field_error(entry: dict[str, Any], language: str) -> dict[str, str]:
    reason = str(entry.get("message", ""))[:300]
    place = _DATA.sub("", str(entry.get("key", "")))
    named = _NAMED.match(reason)
    if named is not None:
        place = f"{place}.{named[2]}" if place else named[2]
    return {"field": place or "body", "message": _sentence(reason, language), "reason": reason}


def _sentence(reason: str, language: str) -> str:
    for pattern, zh, en in _SENTENCES:
        if found := pattern.search(reason):
            return (en if language == "en" else zh).format(*found.groups())
    return _ELSE[language == "en"]
