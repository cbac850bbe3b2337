"""The decisions of a place, the latest first."""

from tests.api import Api
from tests.meetings import steps
from tests.meetings.test_adopt_resolution import _body
from tests.people import COMMUNITY, People

PATH = f"/v1/places/{COMMUNITY}/resolutions"


async def test_decisions_are_read_back(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    motion = await steps.passed(api, people, called)
    where = f"/v1/meetings/{called.id}/resolutions"
    decided = await api.post(where, await _body(motion), who=people.chair)
    assert await api.get(PATH, who=people.resident) == {"items": [decided], "next": None}


async def test_nobody_from_elsewhere_reads_them(api: Api, people: People) -> None:
    await api.get(PATH, who=people.eve, expect=404)
    await api.get(PATH, expect=401)
