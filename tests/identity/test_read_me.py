"""Reading who is signed in."""

from tests.api import Api, code_of
from tests.people import COMMUNITY, People


async def test_a_resident_sees_her_name_and_roles(api: Api, people: People) -> None:
    me = await api.get("/v1/me", who=people.resident)
    assert me["name"] == people.resident.name
    assert me["roles"] == [{"role": "resident", "role_name": "居民", "place_code": COMMUNITY}]


async def test_roles_are_named_in_english_where_asked(api: Api, people: People) -> None:
    me = await api.get("/v1/me", who=people.resident, headers={"Accept-Language": "en"})
    assert me["roles"][0]["role_name"] == "resident"


async def test_nobody_is_told_to_sign_in(api: Api) -> None:
    problem = await api.get("/v1/me", expect=401)
    assert code_of(problem) == "not-signed-in"
