"""Quorum of a representative meeting: two thirds of 37 are 25."""

from tests.api import Api, code_of
from tests.meetings import steps
from tests.people import People


async def test_twenty_four_are_too_few_and_twenty_five_are_enough(api: Api, people: People) -> None:
    called = await steps.session(api, people)
    path = f"/v1/meetings/{called.id}/quorum"
    await steps.check_in(api, people, called, people.representatives[:24])
    before = await api.get(path, who=people.resident)
    assert before == {
        "eligible": 37,
        "present": 24,
        "needed": 25,
        "reached": False,
        "words": "应到 37 人，实到 24 人；须达三分之二以上（至少 25 人）：未达到",
        "words_en": "24 of 37 members came; at least two thirds are needed (at least 25): no",
    }
    await steps.check_in(api, people, called, [people.chair])
    after = await api.get(path, who=people.resident)
    assert (after["present"], after["reached"]) == (25, True)
    assert after["words"] == "应到 37 人，实到 25 人；须达三分之二以上（至少 25 人）：达到"


async def test_nobody_from_elsewhere_reads_it(api: Api, people: People) -> None:
    path = f"/v1/meetings/{(await steps.notice(api, people)).id}/quorum"
    await api.get(path, who=people.eve, expect=404)
    await api.get(path, expect=401)


async def test_before_the_notice_there_is_none(api: Api, people: People) -> None:
    path = f"/v1/meetings/{(await steps.call(api, people)).id}/quorum"
    assert code_of(await api.get(path, who=people.chair, expect=409)) == "notice-missing"
