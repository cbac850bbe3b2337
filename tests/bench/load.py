"""A small raw-socket client: so many connections, each sending its prepared requests in turn."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Load:
    """What a run of load came to; times in seconds."""

    took_s: float
    latencies_s: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.latencies_s)

    @property
    def per_s(self) -> float:
        return self.count / self.took_s

    def percentile_ms(self, share: float) -> float:
        ordered = sorted(self.latencies_s)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000


def request_bytes(
    method: str, path: str, headers: dict[str, str], body: bytes | None = None
) -> bytes:
    """One HTTP/1.1 request, ready to send."""
    lines = [f"{method} {path} HTTP/1.1", "Host: bench"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + (body or b"")


async def run_load(port: int, queues: Sequence[Sequence[bytes]]) -> Load:
    """Send each queue over a connection of its own, one request after the other."""
    load = Load(took_s=0.0)
    connections = [await asyncio.open_connection("127.0.0.1", port) for _ in queues]
    started = time.perf_counter()
    await asyncio.gather(
        *(
            _drive(reader, writer, queue, load)
            for (reader, writer), queue in zip(connections, queues, strict=True)
        )
    )
    load.took_s = time.perf_counter() - started
    for _, writer in connections:
        writer.close()
    return load


async def _drive(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, queue: Sequence[bytes], load: Load
) -> None:
    for request in queue:
        started = time.perf_counter()
        writer.write(request)
        status = await _read_answer(reader)
        load.latencies_s.append(time.perf_counter() - started)
        load.statuses[status] = load.statuses.get(status, 0) + 1


async def _read_answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    if length:
        await reader.readexactly(length)
    return int(head[9:12])
