"""Round trips to PostgreSQL, counted on the wire: how often the server said «your turn»."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlparse

_READY = ord("Z")
"""ReadyForQuery ends every exchange of the protocol, BEGIN and COMMIT included."""


@dataclass
class CountingWire:
    """A relay to PostgreSQL (no TLS) that counts its ReadyForQuery messages."""

    to: str
    count: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        found = urlparse(self.to)
        at = f"{found.username}:{found.password}@127.0.0.1:{self.port}"
        return f"postgresql://{at}{found.path}?sslmode=disable"

    async def relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        found = urlparse(self.to)
        far = await asyncio.open_connection(found.hostname, found.port)
        try:
            await asyncio.gather(_pass_on(reader, far[1]), self._count(far[0], writer))
        finally:
            far[1].close()
            writer.close()

    async def _count(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass messages on one by one: a kind of one byte, a length of four, the rest."""
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readexactly(5)
                body = await reader.readexactly(int.from_bytes(head[1:], "big") - 4)
                writer.write(head + body)
                self.count += head[0] == _READY


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
        writer.write_eof()


@contextlib.asynccontextmanager
async def counting_wire(database_url: str) -> AsyncIterator[CountingWire]:
    """A counting relay on a free loopback port."""
    wire = CountingWire(database_url)
    server = await asyncio.start_server(wire.relay, "127.0.0.1", 0)
    wire.port = server.sockets[0].getsockname()[1]
    try:
        yield wire
    finally:
        server.close()
