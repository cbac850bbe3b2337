"""Reading one call, which everybody may."""

from uuid import uuid4

from tests.api import Api, code_of
from tests.grants.scene import Scene
from tests.people import STREET, People


async def test_everybody_reads_it(api: Api, people: People, scene: Scene) -> None:
    call_id = await scene.open_call()
    call = await api.get(f"/v1/calls/{call_id}")
    assert (call["title"], call["place_code"]) == ("傍晚照护微创投", STREET)
    assert (call["need_id"], call["fund_id"]) == (scene.need_id, scene.fund_id)
    assert await api.get(f"/v1/calls/{call_id}", who=people.eve) == call


async def test_an_unknown_one_is_not_found(api: Api) -> None:
    assert code_of(await api.get(f"/v1/calls/{uuid4()}", expect=404)) == "not-found"
