"""Reading a project: by the people of its place and by its organisation."""

from uuid import uuid4

from tests.api import Api, code_of
from tests.organisations.orgs import put_on_record
from tests.people import COMMUNITY, People
from tests.projects.running import start


async def test_people_of_the_place_read_it(api: Api, people: People) -> None:
    project_id = await start(people)
    for someone in (people.resident, people.street_officer, people.purchaser, people.manager):
        shown = await api.get(f"/v1/projects/{project_id}", who=someone)
        assert (shown["title"], shown["state"]) == ("暮光陪伴", "running")
        assert (shown["place_code"], shown["budget_fen"]) == (COMMUNITY, 2_000_000)
        assert shown["organisation_name"] == "暮光助老社"
        assert (shown["starts_on"], shown["ends_on"]) == ("2026-01-01", "2026-12-31")


async def test_the_organisation_reads_it_from_wherever_it_is(api: Api, people: People) -> None:
    hers = await put_on_record(people.eve, name="桂花社")
    project_id = await start(people, organisation_id=hers)
    shown = await api.get(f"/v1/projects/{project_id}", who=people.eve)
    assert shown["organisation_id"] == str(hers)


async def test_others_do_not_find_it(api: Api, people: People) -> None:
    project_id = await start(people)
    for path in (f"/v1/projects/{project_id}", f"/v1/projects/{uuid4()}"):
        assert code_of(await api.get(path, who=people.eve, expect=404)) == "not-found"
    assert code_of(await api.get(f"/v1/projects/{project_id}", expect=401)) == "not-signed-in"
