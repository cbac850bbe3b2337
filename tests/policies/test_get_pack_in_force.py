"""The pack that rules a place on a day, and the pack that a programme pinned."""

from datetime import date

import pytest

from backend.core.problems import NotFound
from backend.places.queries import get_place
from backend.policies.actions import load_packs
from backend.policies.queries import get_pack, get_pack_in_force
from backend.policies.rules import NoPolicyInForce, parameters_of
from tests.people import COMMUNITY, OTHER_COMMUNITY
from tests.policies.packs import SHUSHAN, small_pack

DAY = date(2026, 3, 1)


@pytest.mark.usefixtures("db")
async def test_a_community_is_ruled_by_its_district() -> None:
    await load_packs([SHUSHAN])
    pack = await get_pack_in_force((await get_place(COMMUNITY)).path, DAY)
    assert (pack.identity.key, pack.identity.version) == ("shushan-2019", 1)
    assert len(parameters_of(pack)) > 20


@pytest.mark.usefixtures("db")
async def test_a_nearer_jurisdiction_goes_first_and_only_there() -> None:
    await load_packs([SHUSHAN, small_pack("nearer-2020", jurisdiction="340104-L01")])
    here, there = await get_place(COMMUNITY), await get_place(OTHER_COMMUNITY)
    assert (await get_pack_in_force(here.path, DAY)).identity.key == "nearer-2020"
    assert (await get_pack_in_force(there.path, DAY)).identity.key == "shushan-2019"


@pytest.mark.usefixtures("db")
async def test_the_first_and_the_last_day_are_included() -> None:
    february = {"valid_from": "2026-02-01", "valid_to": "2026-02-28"}
    brief = small_pack("brief-2020", jurisdiction=COMMUNITY, **february)
    await load_packs([SHUSHAN, brief])
    path = (await get_place(COMMUNITY)).path
    for day in (date(2026, 2, 1), date(2026, 2, 28)):
        assert (await get_pack_in_force(path, day)).identity.key == "brief-2020"
    for day in (date(2026, 1, 31), date(2026, 3, 1)):
        assert (await get_pack_in_force(path, day)).identity.key == "shushan-2019"


@pytest.mark.usefixtures("db")
async def test_where_no_document_rules_the_refusal_says_the_day() -> None:
    await load_packs([SHUSHAN])
    with pytest.raises(NoPolicyInForce) as refused:
        await get_pack_in_force((await get_place(COMMUNITY)).path, date(2018, 12, 31))
    assert "2018-12-31" in refused.value.sentence("zh-CN")
    with pytest.raises(NoPolicyInForce):
        await get_pack_in_force("/", DAY)


@pytest.mark.usefixtures("db")
async def test_a_pinned_pack_is_the_same_after_a_newer_version_came() -> None:
    await load_packs([small_pack("pinned-2020", min_days=20)])
    before = await get_pack("pinned-2020", "1")
    await load_packs([small_pack("pinned-2020", 2, min_days=40)])
    assert await get_pack("pinned-2020", "1") == before
    path = (await get_place(COMMUNITY)).path
    assert (await get_pack_in_force(path, DAY)).identity.version == 2


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("pin", [("shushan-2019", "99"), ("nowhere-2019", "1")])
async def test_a_pack_that_was_never_loaded_is_not_found(pin: tuple[str, str]) -> None:
    with pytest.raises(NotFound):
        await get_pack(*pin)
