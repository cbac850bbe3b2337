"""A small raw-socket client: so many connections, each sending its own requests in turn.

Each connection comes from a loopback address of its own, as phones do, so that the limit that one
address has is not what is measured.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

_HOST = "127.0.0.1"


@dataclass
class Load:
    """What a run of load came to; times in seconds."""

    started: float = field(default_factory=time.perf_counter)
    ended: float = 0.0
    latencies_s: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    first_refused: bytes = b""
    ran_dry: bool = False

    @property
    def count(self) -> int:
        return len(self.latencies_s)

    @property
    def per_s(self) -> float:
        return self.count / (self.ended - self.started)

    def percentile_ms(self, share: float) -> float:
        ordered = sorted(self.latencies_s)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000

    def note(self, status: int, took_s: float, answer: bytes) -> None:
        self.latencies_s.append(took_s)
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if not 200 <= status < 300 and not self.first_refused:
            self.first_refused = answer


def request_bytes(
    method: str, path: str, headers: dict[str, str], body: bytes | None = None
) -> bytes:
    """One HTTP/1.1 request, ready to send."""
    lines = [f"{method} {path} HTTP/1.1", "Host: bench"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + (body or b"")


class _Phone(asyncio.Protocol):
    """One connection: it asks, waits for the whole answer, asks again."""

    def __init__(self, requests: Iterator[bytes], load: Load, until: float) -> None:
        self._requests, self._load, self._until = requests, load, until
        self._transport: Any = None
        self._seen, self._asked_at = b"", 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def ask(self) -> None:
        self._asked_at = time.perf_counter()
        request = next(self._requests, None) if self._asked_at < self._until else b""
        if request:
            self._transport.write(request)
            return
        self._load.ran_dry |= request is None
        self.done.set_result(None)

    def data_received(self, data: bytes) -> None:
        self._seen += data
        status = _status_of_whole(self._seen)
        if status:
            self._load.note(status, time.perf_counter() - self._asked_at, self._seen)
            self._seen = b""
            self.ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the server closed the connection"))

    def close(self) -> None:
        self._transport.close()


def _status_of_whole(answer: bytes) -> int:
    """The status of an answer that has arrived whole, else 0."""
    head, found, body = answer.partition(b"\r\n\r\n")
    if not found:
        return 0
    lowered = head.lower()
    at = lowered.find(b"\r\ncontent-length:")
    length = int(lowered[at + 17 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
    return int(head[9:12]) if len(body) >= length else 0


async def run_load(
    port: int, sources: Sequence[Iterator[bytes]], seconds: float = float("inf")
) -> Load:
    """Send each source over a connection of its own, until the time is up or the source is dry."""
    load, loop = Load(), asyncio.get_running_loop()
    phones: list[_Phone] = []
    for number, requests in enumerate(sources):
        make = partial(_Phone, requests, load, time.perf_counter() + seconds)
        here = (f"127.0.{1 + number // 250}.{1 + number % 250}", 0)
        _, phone = await loop.create_connection(make, _HOST, port, local_addr=here)
        phones.append(phone)
    load.started = time.perf_counter()
    for phone in phones:
        phone.ask()
    await asyncio.gather(*(phone.done for phone in phones))
    load.ended = time.perf_counter()
    for phone in phones:
        phone.close()
    return load
