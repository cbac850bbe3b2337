"""A refusal as an RFC 9457 document in the reader's language."""

from typing import Any

from backend.core.problems.refusal import TITLES, Refusal


def language_of(accept_language: str | None) -> str:
    """The language that an `Accept-Language` header (RFC 9110 §12.5.4) likes best: en or zh-CN.

    zh-CN without a header, on a tie of unlisted languages, and where neither is wanted.
    """
    best, liked = "zh-CN", 0.0
    for part in (accept_language or "").split(","):
        tag, _, weight = part.partition(";")
        name = _LANGUAGES.get(tag.strip().lower().partition("-")[0])
        quality = _quality(weight)
        if name is not None and quality > liked:
            best, liked = name, quality
    return best


_LANGUAGES = {"zh": "zh-CN", "en": "en", "*": "zh-CN"}


def _quality(weight: str) -> float:
    """The `q=` of one entry, 1 without one, 0 if unreadable."""
    key, _, value = weight.strip().partition("=")
    if not key:
        return 1.0
    try:
        return float(value) if key.strip().lower() == "q" else 0.0
    except ValueError:
        return 0.0


def problem_body(refusal: Refusal, language: str, instance: str) -> dict[str, Any]:
    """The RFC 9457 document of a refusal; facts become members beside the standard ones."""
    zh, en = TITLES[refusal.kind]
    return {
        **refusal.facts,
        "type": f"/problems/{refusal.code}",
        "title": en if language == "en" else zh,
        "status": refusal.status,
        "detail": refusal.sentence(language),
        "instance": instance,
    }
