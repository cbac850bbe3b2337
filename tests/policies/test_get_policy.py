"""Reading a policy pack: every number with the ground it stands on."""

import pytest

from backend.policies.actions import load_packs
from tests.api import Api, code_of
from tests.people import People
from tests.policies.packs import SHUSHAN

PATH = "/v1/policies/shushan-2019/1"


async def test_every_parameter_names_its_source(api: Api) -> None:
    await load_packs([SHUSHAN])
    policy = await api.get(PATH)
    assert policy["document"] == "蜀山区实施意见 2019"
    found = {line["path"]: line for line in policy["parameters"]}
    assert found["publications.min_days"]["value"] == 15
    assert found["publications.min_days"]["source"] == "law"
    assert "§34" in found["publications.min_days"]["clause"]
    cap = found["grants.budget.caps[0]"]
    assert cap["value"]["max_share"] == "1/10"
    assert (cap["source"], cap["clause"]) == ("local", "")
    assert "NJ-16" in cap["note"]
    assert all(line["clause"] or line["note"] for line in policy["parameters"])


async def test_eve_reads_what_everybody_reads(api: Api, people: People) -> None:
    await load_packs([SHUSHAN])
    assert await api.get(PATH, who=people.eve) == await api.get(PATH)


@pytest.mark.parametrize("path", ["shushan-2019/99", "nowhere-2019/1", "shushan-2019/x"])
async def test_an_unknown_version_is_not_found(api: Api, path: str) -> None:
    assert code_of(await api.get(f"/v1/policies/{path}", expect=404)) == "not-found"
