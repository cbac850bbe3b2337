"""`make bench`: the hot doors beside hello-world, in one run; writes tests/bench/results.json."""

import os
import platform
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import uvloop

from backend.core.db import close_pool, connect_pool, fetch_value
from backend.core.sealing import load_ring, use_ring
from tests.bench import doors
from tests.bench.load import Load, run_load
from tests.bench.round_trips import counting_wire
from tests.bench.town import Town, found_town, settle
from tests.servers_of_the_run import Servers, running_servers
from tests.web_process import WebProcess

RESULTS = Path(__file__).with_name("results.json")
DATABASE = f"linli_bench_{os.environ.get('LINLI_TEST_NAME', 'run')}"
CONNECTIONS = 64
ROUNDS = 3
WARM_UP_S = float(os.environ.get("LINLI_BENCH_WARM_UP_S", "2"))
SECONDS = float(os.environ.get("LINLI_BENCH_SECONDS", "12"))
WARM_REQUESTS, COUNTED_REQUESTS = 20, 100
CLIENT = "tests/bench/load.py (raw sockets on uvloop), one process on the same cores"

Sources = dict[str, list[Iterator[bytes]]]


@dataclass(frozen=True)
class Run:
    """One run of one door."""

    per_s: float
    p50_ms: float
    p99_ms: float
    cpu_us: float


class BenchError(Exception):
    """A figure would not be true: something was refused, or the requests ran out."""


def main() -> None:
    """Measure, write, print."""
    with running_servers(durable=True) as servers:
        found = uvloop.run(_bench(servers))
    RESULTS.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
    print(_table(found))


async def _bench(servers: Servers) -> dict[str, Any]:
    use_ring(load_ring(servers.secrets_file))
    await servers.drop(DATABASE)
    await servers.execute(f'CREATE DATABASE "{DATABASE}"')
    web = WebProcess(servers, servers.url(DATABASE))
    yardstick = WebProcess(servers, servers.url(DATABASE), ("-m", "tests.bench.hello"))
    await connect_pool(servers.url(DATABASE), 2)
    try:
        print("  seeding 1,200 households, a roll, shifts and sign-ups", flush=True)
        await settle(servers.url(DATABASE))
        for process in (yardstick, web):
            process.start()
            await process.ready()
        town, about = await found_town(web.address), await _about()
        await close_pool()
        sources = _sources(town)
        runs = await _measure({"hello": yardstick}, web, sources)
        web.stop()
        trips = {"hello": 0.0, **await _count_round_trips(servers, sources)}
        return {**about, "doors": _figures(runs, trips)}
    finally:
        await close_pool()
        for process in (yardstick, web):
            process.stop()
        await servers.drop(DATABASE)


def _sources(town: Town) -> Sources:
    return {
        "hello": doors.hello(CONNECTIONS),
        "me_read": doors.me_read(town, CONNECTIONS),
        "ballot_named": doors.ballot_named(town, CONNECTIONS),
        "check_in": doors.check_in(town, CONNECTIONS),
    }


async def _measure(
    elsewhere: dict[str, WebProcess], web: WebProcess, sources: Sources
) -> dict[str, list[Run]]:
    """Every door in turn, hello among them, and all of it again."""
    runs: dict[str, list[Run]] = {name: [] for name in sources}
    for turn in range(ROUNDS):
        for name, requests in sources.items():
            run = await _run(elsewhere.get(name, web), name, requests)
            print(f"  {turn + 1}/{ROUNDS} {name}: {run.per_s:,.0f} a second", flush=True)
            runs[name].append(run)
    return runs


async def _run(process: WebProcess, name: str, requests: list[Iterator[bytes]]) -> Run:
    _require_good(name, await run_load(process.port, requests, WARM_UP_S))
    cpu_s = process.cpu_s()
    load = await run_load(process.port, requests, SECONDS)
    cpu_s = process.cpu_s() - cpu_s
    _require_good(name, load)
    if load.ran_dry:
        raise BenchError(f"{name}: the requests ran out; make the town larger")
    return Run(
        load.per_s, load.percentile_ms(0.5), load.percentile_ms(0.99), cpu_s / load.count * 1e6
    )


def _require_good(name: str, load: Load) -> None:
    if any(not 200 <= status < 300 for status in load.statuses):
        raise BenchError(f"{name}: {load.statuses}: {load.first_refused.decode(errors='replace')}")


async def _count_round_trips(servers: Servers, sources: Sources) -> dict[str, float]:
    """Round trips a request, on one connection with its statements prepared."""
    found: dict[str, float] = {}
    async with counting_wire(servers.url(DATABASE)) as wire:
        web = WebProcess(servers, wire.url, env={"LINLI_POOL_SIZE": "1"})
        web.start()
        try:
            await web.ready()
            for name, requests in sources.items():
                if name == "hello":
                    continue
                for wanted in (WARM_REQUESTS, COUNTED_REQUESTS):
                    before = wire.count
                    load = await run_load(web.port, [islice(requests[0], wanted)])
                    _require_good(name, load)
                    found[name] = round((wire.count - before) / load.count, 2)
        finally:
            web.stop()
    return found


async def _about() -> dict[str, Any]:
    """Where the figures come from; names no machine."""
    return {
        "python": platform.python_version(),
        "postgres": str(await fetch_value("SHOW server_version")).split()[0],
        "fsync": await fetch_value("SHOW fsync"),
        "synchronous_commit": await fetch_value("SHOW synchronous_commit"),
        "litestar": version("litestar"),
        "uvicorn": version("uvicorn"),
        "cores": len(os.sched_getaffinity(0)),
        "workers": 1,
        "connections": CONNECTIONS,
        "seconds": SECONDS,
        "rounds": ROUNDS,
        "client": CLIENT,
    }


def _figures(runs: dict[str, list[Run]], trips: dict[str, float]) -> dict[str, dict[str, float]]:
    """The median of the rounds; `x_hello` is a door's rate over the yardstick's."""
    hello = statistics.median(run.per_s for run in runs["hello"])
    found = {}
    for name, those in runs.items():
        per_s = statistics.median(run.per_s for run in those)
        found[name] = {
            "req_per_s": round(per_s),
            "p50_ms": round(statistics.median(run.p50_ms for run in those), 1),
            "p99_ms": round(statistics.median(run.p99_ms for run in those), 1),
            "server_cpu_us": round(statistics.median(run.cpu_us for run in those)),
            "db_round_trips": trips[name],
            "x_hello": round(per_s / hello, 3),
        }
    return found


def _table(found: dict[str, Any]) -> str:
    how = (
        f"Python {found['python']}, PostgreSQL {found['postgres']} (fsync {found['fsync']}),"
        f" {found['cores']} cores, one worker, {found['connections']} connections,"
        f" median of {found['rounds']} × {found['seconds']:g} s; client: {found['client']}"
    )
    lines = [
        how,
        "",
        "| door | req/s | p50 ms | p99 ms | server CPU µs | round trips | × hello |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {name} | {door['req_per_s']:,} | {door['p50_ms']} | {door['p99_ms']}"
        f" | {door['server_cpu_us']} | {door['db_round_trips']:g} | {door['x_hello']:.3f} |"
        for name, door in found["doors"].items()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
