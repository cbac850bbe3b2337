"""What a command works on: the settings, the servers (a running Linli's or its own), the pool."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

from backend.core.db import close_pool, connect_pool
from backend.core.sealing import create_secrets, load_ring, use_ring
from backend.servers.embedded import EmbeddedServers
from backend.settings import Settings, load_settings, use_settings

T = TypeVar("T")


def prepared(settings: Settings, servers: EmbeddedServers) -> Settings:
    """The settings with the addresses of running servers, and secrets that exist."""
    if not settings.is_production and not settings.secrets_file.exists():
        create_secrets(settings.secrets_file)
    found = replace(settings, database_url=servers.database_url, redis_url=servers.redis_url)
    use_settings(found)
    return found


def with_database(work: Callable[[Settings], Awaitable[T]]) -> T:
    """Run `work` with an open pool, on the servers of a running Linli or on ones of our own."""
    settings = load_settings()
    settings.require_fit()
    with EmbeddedServers(settings, join=True) as servers:
        return asyncio.run(_run(prepared(settings, servers), work))


async def _run(settings: Settings, work: Callable[[Settings], Awaitable[T]]) -> T:
    use_ring(load_ring(settings.secrets_file))
    await connect_pool(str(settings.database_url), 2)
    try:
        return await work(settings)
    finally:
        await close_pool()
