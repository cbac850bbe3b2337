"""Servers that misbehave on purpose, and a wire that can be cut."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import urlparse, urlunparse


def dead_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.asynccontextmanager
async def silent_server() -> AsyncIterator[int]:
    """A server that takes every connection and never answers; yields its port."""
    writers: list[asyncio.StreamWriter] = []

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        with contextlib.suppress(ConnectionError):
            await reader.read()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for writer in writers:
            writer.close()


@dataclass
class Wire:
    """A relay to a real server.

    `delay_s` holds answers back, `stalled` passes nothing at all, `cut` ends what is open.
    """

    host: str
    port: int
    here: int = 0
    delay_s: float = 0.0
    stalled: bool = False
    _writers: list[asyncio.StreamWriter] = field(default_factory=list)

    async def relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(self.host, self.port)
        self._writers += [writer, far_writer]
        await asyncio.gather(
            self._pump(reader, far_writer, answers=False),
            self._pump(far_reader, writer, answers=True),
        )

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool
    ) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                if answers and self.delay_s:
                    await asyncio.sleep(self.delay_s)
                while self.stalled:  # noqa: ASYNC110  (a test sets it, nothing tells)
                    await asyncio.sleep(0.02)
                writer.write(data)
        writer.close()

    def url_of(self, url: str) -> str:
        """The same address, but through this wire."""
        found = urlparse(url)
        netloc = f"{found.netloc.rpartition(':')[0]}:{self.here}"
        return urlunparse(found._replace(netloc=netloc))

    def cut(self) -> None:
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()


@contextlib.asynccontextmanager
async def wire_to(url: str) -> AsyncIterator[Wire]:
    """A relay to the server of an address; `wire.url_of(url)` goes through it."""
    found = urlparse(url)
    wire = Wire(str(found.hostname), int(found.port or 0))
    server = await asyncio.start_server(wire.relay, "127.0.0.1", 0)
    wire.here = server.sockets[0].getsockname()[1]
    try:
        yield wire
    finally:
        server.close()
        wire.cut()
        await asyncio.sleep(0)
