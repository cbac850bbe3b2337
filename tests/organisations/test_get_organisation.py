"""Reading one organisation, which everybody may."""

from uuid import uuid4

from tests.api import Api, code_of
from tests.organisations.orgs import put_on_record
from tests.people import STREET, People


async def test_everybody_reads_it_and_nobody_is_named(api: Api, people: People) -> None:
    known = str(await put_on_record(people.manager))
    shown = await api.get(f"/v1/organisations/{known}")
    assert shown == {
        "id": known,
        "name": "暮光助老社",
        "kind": "community_organisation",
        "status": "filed",
        "credit_code": None,
        "place_code": STREET,
    }
    assert await api.get(f"/v1/organisations/{known}", who=people.eve) == shown


async def test_an_unknown_one_is_not_found(api: Api) -> None:
    problem = await api.get(f"/v1/organisations/{uuid4()}", expect=404)
    assert code_of(problem) == "not-found"
