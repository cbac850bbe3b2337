"""Reading the roll: full names for the convener, masked ones for those on it and for staff."""

from tests.api import Api, code_of
from tests.meetings import steps
from tests.people import People


async def test_the_convener_reads_full_names_and_who_is_present(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    await steps.check_in(api, people, called, [people.representatives[0]])
    path = f"/v1/meetings/{called.id}/roll"
    roll = await api.get(path, who=people.chair, params={"limit": 100})
    everybody = {one.name for one in (*people.committee, *people.representatives)}
    assert (roll["size"], {line["name"] for line in roll["items"]}) == (37, everybody)
    present = [line for line in roll["items"] if line["marked_at"]]
    assert [(line["name"], line["mode"]) for line in present] == [
        (people.representatives[0].name, "in_person")
    ]


async def test_the_roll_comes_in_pages(api: Api, people: People) -> None:
    path = f"/v1/meetings/{(await steps.notice(api, people)).id}/roll"
    first = await api.get(path, who=people.chair)
    second = await api.get(path, who=people.chair, params={"after": first["next"]})
    entries = {line["entry_id"] for line in first["items"] + second["items"]}
    assert (len(first["items"]), len(second["items"]), len(entries)) == (20, 17, 37)
    assert second["next"] is None


async def test_those_on_it_and_staff_read_masked_names(api: Api, people: People) -> None:
    path = f"/v1/meetings/{(await steps.notice(api, people)).id}/roll"
    for someone in (people.representatives[3], people.committee[2], people.social_worker):
        roll = await api.get(path, who=someone, params={"limit": 100})
        assert all("*" in line["name"] for line in roll["items"])


async def test_others_find_no_roll(api: Api, people: People) -> None:
    called = await steps.notice(api, people)
    for someone in (people.resident, people.manager, people.eve):
        await api.get(f"/v1/meetings/{called.id}/roll", who=someone, expect=404)
    await api.get(f"/v1/meetings/{called.id}/roll", expect=401)


async def test_before_the_notice_there_is_none(api: Api, people: People) -> None:
    called = await steps.call(api, people)
    refused = await api.get(f"/v1/meetings/{called.id}/roll", who=people.chair, expect=409)
    assert code_of(refused) == "notice-missing"
    await api.get(f"/v1/meetings/{called.id}/roll", who=people.representatives[0], expect=404)
