"""`make faults`: the faults of the story's writes; prints a table, leaves with 1 on any break."""

import asyncio
import os
import sys
import time
from dataclasses import dataclass

from backend.core.db import close_pool, connect_pool
from backend.core.sealing import load_ring, use_ring
from tests.faults.kill_app import Outcome, kill_app
from tests.faults.suite import Verdict, run_tests
from tests.servers_of_the_run import Servers, running_servers, tell_workers

CYCLES = int(os.environ.get("LINLI_CYCLES", "20"))
CANCELLATIONS = int(os.environ.get("LINLI_CANCELLATIONS", "5000"))
ROUNDS = int(os.environ.get("LINLI_ROUNDS", "50"))

POOL = "tests/core/test_pool.py"
CANCELLED = "test_random_cancellations_leave_the_pool_whole"
RACES = {
    "tests/race/test_last_seat.py": "the last seat of a shift",
    "tests/race/test_double_vote.py": "double vote",
    "tests/race/test_double_check_in.py": "double check-in, hours",
    "tests/race/test_fund_budget.py": "the fund's budget",
    "tests/race/test_answer_once.py": "one answer a person",
    "tests/race/test_close_against_cast.py": "close against cast",
}


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    fault: str
    what: str
    rounds: str
    result: str
    breaks: list[str]


def main() -> int:
    """Try every fault; returns the exit code."""
    started = time.monotonic()
    with running_servers(durable=True) as servers:
        tell_workers(servers)
        rows = [_f1(servers), _f4(), *_f10()]
    print(_table(rows))
    for row in rows:
        for sentence in row.breaks[:20]:
            print(f"{row.fault} {row.what}: {sentence}")
    failed = sum(bool(row.breaks) for row in rows)
    print(f"{time.monotonic() - started:.0f} s")
    print(f"{len(rows) - failed} passed, {failed} failed")
    return 1 if failed else 0


def _f1(servers: Servers) -> Row:
    print(f"  F1: kill -9 while writing, {CYCLES} cycles", flush=True)
    outcome = asyncio.run(_kill_app(servers))
    result = (
        f"{outcome.acknowledged} acknowledged, {outcome.cut_off} cut off"
        f" ({outcome.done_unheard} of them done)"
    )
    return Row("F1", "kill -9 of the web process", f"{CYCLES} cycles", result, outcome.breaks)


async def _kill_app(servers: Servers) -> Outcome:
    name = f"linli_kill_{os.environ.get('LINLI_TEST_NAME', 'run')}"
    use_ring(load_ring(servers.secrets_file))
    url = await servers.copy_template(name)
    await connect_pool(url, 4)
    try:
        return await kill_app(servers, url, CYCLES)
    finally:
        await close_pool()
        await servers.drop(name)


def _f4() -> Row:
    print(f"  F4: {CANCELLATIONS} cancellations", flush=True)
    env = {"LINLI_CANCELLATIONS": str(CANCELLATIONS)}
    verdict = run_tests([POOL], env)[POOL]
    if CANCELLED not in verdict.ran:
        verdict.breaks.append(f"{POOL}: {CANCELLED} did not run")
    return _row("F4", "cancelled tasks, the pool whole", f"{CANCELLATIONS} tasks", verdict)


def _f10() -> list[Row]:
    print(f"  F10: races, {ROUNDS} rounds", flush=True)
    found = run_tests(list(RACES), {"LINLI_ROUNDS": str(ROUNDS)}, "-n", "2")
    return [_row("F10", RACES[path], f"{ROUNDS} rounds", found[path]) for path in RACES]


def _row(fault: str, what: str, rounds: str, verdict: Verdict) -> Row:
    return Row(fault, what, rounds, f"{len(verdict.ran)} tests", verdict.breaks)


def _table(rows: list[Row]) -> str:
    lines = ["", "| id | what | rounds | result |", "|---|---|---|---|"]
    for row in rows:
        broken = f", **{len(row.breaks)} breaks**" if row.breaks else ", 0 breaks"
        lines.append(f"| {row.fault} | {row.what} | {row.rounds} | {row.result}{broken} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main())
