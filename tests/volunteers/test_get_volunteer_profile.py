"""Reading one's own line of the volunteer register."""

from tests.api import Api, code_of
from tests.people import People

PROFILE = "/v1/me/volunteer-profile"


async def test_a_volunteer_reads_her_own(api: Api, people: People) -> None:
    registered = await api.post(PROFILE, {"skills": ["理发"]}, who=people.volunteer)
    assert await api.get(PROFILE, who=people.volunteer) == registered


async def test_nobody_reads_what_is_not_there(api: Api, people: People) -> None:
    await api.post(PROFILE, {"skills": []}, who=people.volunteer)
    for someone in (people.neighbour, people.eve):
        assert code_of(await api.get(PROFILE, who=someone, expect=404)) == "not-found"
    assert code_of(await api.get(PROFILE, expect=401)) == "not-signed-in"
