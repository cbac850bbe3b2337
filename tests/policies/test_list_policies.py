"""Listing policy packs: open to everybody."""

from typing import Any

from backend.policies.actions import load_packs
from backend.policies.rules import pack_sha256
from tests.api import Api, code_of
from tests.people import People
from tests.policies.packs import SHUSHAN, small_pack


async def _all(api: Api, limit: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = None
    while True:
        asked = {"limit": limit} | ({"after": after} if after else {})
        page = await api.get("/v1/policies", params=asked)
        found += page["items"]
        after = page["next"]
        if after is None:
            return found


async def test_anybody_sees_each_version_with_its_fingerprint(api: Api) -> None:
    await load_packs([SHUSHAN])
    (found,) = [line for line in await _all(api, 100) if line["key"] == "shushan-2019"]
    assert found == {
        "key": "shushan-2019",
        "version": "1",
        "title": "蜀山区五社联动政策参数",
        "place_code": "340104",
        "valid_from": "2019-01-01",
        "valid_to": None,
        "sha256": pack_sha256(SHUSHAN[1]),
    }


async def test_pages_go_by_key_and_number_of_the_version(api: Api) -> None:
    await load_packs([small_pack(version=version) for version in (10, 2, 1)])
    await load_packs([small_pack("aatown-2031")])
    found = [(line["key"], line["version"]) for line in await _all(api, 1)]
    mine = [line for line in found if "town" in line[0]]
    assert mine == [
        ("aatown-2031", "1"),
        ("testtown-2031", "1"),
        ("testtown-2031", "2"),
        ("testtown-2031", "10"),
    ]


async def test_titles_are_in_the_readers_language(api: Api, people: People) -> None:
    await load_packs([small_pack("aatown-2031")])
    page = await api.get("/v1/policies", who=people.eve, headers={"Accept-Language": "en"})
    assert page["items"][0]["title"] == "Test parameters"


async def test_a_cursor_that_nobody_gave_is_malformed(api: Api) -> None:
    problem = await api.get("/v1/policies", params={"after": "%%%"}, expect=400)
    assert code_of(problem) == "malformed-request"
