"""Who may be written down as having voiced a need."""

from collections.abc import Iterable
from uuid import UUID

from backend.core.problems import Kind, Refusal


class VoiceNotResident(Refusal):
    """Only residents of the place voice its needs; nobody else is told what becomes of them."""

    kind = Kind.INVALID
    code = "voice-not-resident"
    zh = "填写的反映人中有 {count} 位不是本社区已确认的居民，请核对后再提交。"
    en = "{count} of the people named are not confirmed residents here. Check them and send again."


def require_residents(voices: Iterable[UUID], residents: Iterable[UUID]) -> None:
    """Everybody who is named as a voice lives at the place of the need."""
    strangers = set(voices) - set(residents)
    if strangers:
        raise VoiceNotResident(count=len(strangers))
