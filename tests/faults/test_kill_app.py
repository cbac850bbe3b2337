"""F1 in short; `make faults` runs 20 cycles."""

from tests.faults.kill_app import kill_app
from tests.servers_of_the_run import Servers

CYCLES = 1


async def test_a_killed_process_loses_nothing_and_does_nothing_twice(
    servers: Servers, committed: str
) -> None:
    outcome = await kill_app(servers, committed, CYCLES)
    assert outcome.breaks == []
    assert outcome.acknowledged > outcome.cut_off > 0
