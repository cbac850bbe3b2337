"""The result is there after the count, for those who belong to the place, and not before."""

from datetime import timedelta

from tests.api import Api, code_of
from tests.conftest import move_clock
from tests.meetings import steps
from tests.people import People


async def test_everybody_of_the_place_reads_the_result(api: Api, people: People) -> None:
    motion = await steps.passed(api, people, await steps.session(api, people))
    path = f"/v1/motions/{motion}/result"
    for someone in (people.resident, people.chair, people.street_officer):
        result = await api.get(path, who=someone)
        assert (result["outcome"], result["rule_id"]) == ("passed", "RC-2")
        assert result["question"] == steps.QUESTION


async def test_nobody_sees_a_count_before_the_end(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    await steps.check_in(api, people, called, people.representatives[:2])
    motion = await steps.put(api, people, called)
    path = f"/v1/motions/{motion}/result"
    everybody = (people.chair, people.representatives[0], people.resident, people.street_officer)
    for step in ("draft", "open", "ended"):
        for someone in everybody:
            refused = await api.get(path, who=someone, expect=409)
            assert code_of(refused) == "result-not-ready"
        if step == "draft":
            body = {"minutes": 5}
            await api.post(f"/v1/motions/{motion}/opening", body, who=people.chair)
            await steps.cast(api, motion, people.representatives[:2])
        else:
            await move_clock(timedelta(minutes=5))


async def test_nobody_from_elsewhere_reads_it(api: Api, people: People) -> None:
    motion = await steps.passed(api, people, await steps.session(api, people))
    await api.get(f"/v1/motions/{motion}/result", who=people.eve, expect=404)
    await api.get(f"/v1/motions/{motion}/result", expect=401)
    await api.get(f"/v1/motions/{steps.NOBODYS}/result", who=people.chair, expect=404)
