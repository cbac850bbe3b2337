"""Listing organisations, which everybody may."""

from tests.api import Api, code_of
from tests.organisations.orgs import CREDIT_CODE, put_on_record
from tests.people import COMMUNITY, OTHER_STREET, STREET, People


async def test_a_street_shows_its_organisations_and_those_below(api: Api, people: People) -> None:
    of_street = str(await put_on_record(people.manager, credit_code=CREDIT_CODE))
    of_community = str(await put_on_record(name="清荷义剪", place_code=COMMUNITY))
    elsewhere = str(await put_on_record(people.eve, name="桂花社", place_code=OTHER_STREET))
    shown = await api.get("/v1/organisations", params={"place": STREET, "limit": 100})
    ids = [item["id"] for item in shown["items"]]
    assert {of_street, of_community} <= set(ids)
    assert elsewhere not in ids
    below = await api.get("/v1/organisations", params={"place": COMMUNITY, "limit": 100})
    assert of_street not in [item["id"] for item in below["items"]]
    one = next(item for item in shown["items"] if item["id"] == of_street)
    assert one == {
        "id": of_street,
        "name": "暮光助老社",
        "kind": "community_organisation",
        "status": "registered",
        "credit_code": CREDIT_CODE,
        "place_code": STREET,
    }


async def test_it_is_paged_in_order(api: Api, db: None) -> None:
    known = [str(await put_on_record(name=f"第{n}社", place_code=COMMUNITY)) for n in range(3)]
    seen, after = [], None
    while True:
        params = {"place": COMMUNITY, "limit": 1} | ({"after": after} if after else {})
        page = await api.get("/v1/organisations", params=params)
        seen += [item["id"] for item in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert [one for one in seen if one in known] == known


async def test_an_unknown_place_has_none_and_a_bad_cursor_is_refused(api: Api) -> None:
    empty = await api.get("/v1/organisations", params={"place": "999999"})
    assert empty == {"items": [], "next": None}
    for cursor in ("nonsense", "WyJ4Il0"):
        problem = await api.get("/v1/organisations", params={"after": cursor}, expect=400)
        assert code_of(problem) == "malformed-request"
