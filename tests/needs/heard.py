"""A need as the tests hear it."""

from typing import Any

from tests.api import Api
from tests.people import COMMUNITY, People, Someone

PATH = f"/v1/places/{COMMUNITY}/needs"
TITLE = "晚间照护"
DETAIL = "7 栋王奶奶夜里起身没人扶"


def order(*voices: Someone, **changes: Any) -> dict[str, Any]:
    """The body of a need heard on a visit, voiced by these people."""
    return {
        "category": "elderly",
        "client_group": "elderly_alone",
        "title": TITLE,
        "detail": DETAIL,
        "urgency": "urgent",
        "affected_count": 42,
        "source_kind": "visit",
        "source_ref": "走访-2026-03",
        "voiced_by": [str(voice.person_id) for voice in voices],
        **changes,
    }


async def hear(api: Api, people: People, *voices: Someone, **changes: Any) -> dict[str, Any]:
    """Raise a need as the social worker; the answer."""
    need: dict[str, Any] = await api.post(PATH, order(*voices, **changes), who=people.social_worker)
    return need
