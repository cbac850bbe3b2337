"""The worker's loop: deliver what is due, wake early when Redis says so, stop when asked."""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from redis.exceptions import RedisError

from backend.core import cache, idempotency, outbox
from backend.core.db import close_pool, connect_pool
from backend.core.problems import refusal_of_database_error
from backend.core.sealing import load_ring, use_ring
from backend.needs import jobs as needs
from backend.settings import Settings

LOOK_S = 0.5
"""How long the worker waits at most before it looks into the outbox again."""

SWEEP_S = 3600.0

HANDLERS: Mapping[str, outbox.Handler] = {
    "tell_need_voices": needs.tell_need_voices,
}

_log = structlog.get_logger("linli.worker")


async def run_worker(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT; a lost database is waited for, nothing is skipped."""
    if settings.database_url is None:
        raise ConnectionError("the worker needs LINLI_DATABASE_URL")
    use_ring(load_ring(settings.secrets_file))
    await connect_pool(settings.database_url, 2)
    cache.use_cache(cache.Cache(settings.redis_url))
    stopping, woken = asyncio.Event(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, _stop(stopping, woken))
    alarm = asyncio.create_task(_listen(woken))
    try:
        await asyncio.gather(_deliver(stopping, woken), _sweep(stopping))
    finally:
        alarm.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await alarm
        await cache.current().close()
        await close_pool()


def _stop(stopping: asyncio.Event, woken: asyncio.Event) -> Callable[[], None]:
    def stop() -> None:
        stopping.set()
        woken.set()

    return stop


async def _deliver(stopping: asyncio.Event, woken: asyncio.Event) -> None:
    while not stopping.is_set():
        woken.clear()
        await _try(outbox.deliver_due(HANDLERS))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(woken.wait(), LOOK_S)


async def _sweep(stopping: asyncio.Event) -> None:
    """Forget old idempotency keys, once an hour."""
    while not stopping.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), SWEEP_S)
        if not stopping.is_set():
            forgotten = await _try(idempotency.forget_old_keys())
            _log.info("idempotency_keys_forgotten", count=forgotten)


async def _try(work: Awaitable[int]) -> int:
    """Do it; while the database is away nothing is done and nothing is lost."""
    try:
        return await work
    except Exception as error:
        if refusal_of_database_error(error) is None:
            raise
        _log.warning("database_away", error=type(error).__name__)
        return 0


async def _listen(woken: asyncio.Event) -> None:
    """Wake up early when somebody queued a message; without Redis the half second remains."""
    while True:
        client: Any = cache.current().client
        if client is None:
            return
        try:
            async with client.pubsub() as channel:
                await channel.subscribe(outbox.WAKE_CHANNEL)
                while True:
                    if await channel.get_message(ignore_subscribe_messages=True, timeout=5.0):
                        woken.set()
        except (RedisError, OSError):
            await asyncio.sleep(LOOK_S)
