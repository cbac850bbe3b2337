"""`linli serve`: servers, migrations, seed, web workers and the background worker as one group."""

import asyncio
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
import uvicorn

from backend.app.main import create_app
from backend.cli.banner import banner
from backend.cli.session import prepared
from backend.core.db import close_pool, connect_pool
from backend.core.logs import configure_logs
from backend.core.migrating import run_migrations
from backend.core.sealing import load_ring, use_ring
from backend.seeding.demo import is_seeded, seed_demo
from backend.servers.embedded import EmbeddedServers
from backend.servers.folder import require_state_dir
from backend.servers.group import ChildPlan, run_group
from backend.servers.lock import hold_run_lock
from backend.servers.ports import require_port_free
from backend.settings import Environment, Settings, load_settings
from backend.worker.run import run_worker

LOG_NAME = "linli.log"


def _say(sentence: str) -> None:
    click.echo(f"  {sentence}")


@click.command()
def serve() -> None:
    """Bring everything up and keep it up until Ctrl-C or SIGTERM."""
    settings = load_settings()
    settings.require_fit()
    address = f"http://{settings.host}:{settings.port}"
    require_state_dir(settings.state_dir)
    started = time.monotonic()
    with hold_run_lock(settings.state_dir, address, at=datetime.now(UTC)):
        require_port_free(settings.host, settings.port)
        with EmbeddedServers(settings, _say) as servers:
            found = _with_log(prepared(settings, servers))
            asyncio.run(_prepare_database(found))
            announce = _announcer(address, found, started)

            def each_tick() -> None:
                servers.revive()
                announce()

            run_group(_plans(found), say=_say, each_tick=each_tick)
    _say("stopped")


def _with_log(settings: Settings) -> Settings:
    """A demo logs into its state folder: its terminal is for people."""
    if settings.env is not Environment.DEMO or settings.log_file is not None:
        return settings
    return replace(settings, log_file=settings.state_dir / LOG_NAME)


async def _prepare_database(settings: Settings) -> None:
    """Migrate, and on the first start of a demo make its people."""
    use_ring(load_ring(settings.secrets_file))
    await connect_pool(str(settings.database_url), 2)
    try:
        applied = await run_migrations(str(settings.database_url))
        if applied:
            _say(f"{len(applied)} migrations applied")
        if settings.env is Environment.DEMO and not await is_seeded():
            await seed_demo(say=lambda what: _say(f"seeding: {what}"))
    finally:
        await close_pool()


def _plans(settings: Settings) -> list[ChildPlan]:
    env = {
        **os.environ,
        "LINLI_ENV": settings.env.value,
        "LINLI_DATABASE_URL": str(settings.database_url),
        "LINLI_REDIS_URL": str(settings.redis_url),
        "LINLI_SECRETS_FILE": str(settings.secrets_file),
    }
    if settings.log_file is not None:
        env["LINLI_LOG_FILE"] = str(settings.log_file)
    command = [sys.executable, "-m", "backend.cli"]
    webs = [
        ChildPlan(f"web {number}", [*command, "web"], env)
        for number in range(1, settings.workers + 1)
    ]
    return [*webs, ChildPlan("worker", [*command, "worker"], env)]


def _announcer(address: str, settings: Settings, started: float) -> Callable[[], None]:
    """Says once, when the application answers, where it is and who may sign in."""
    told: list[float] = []

    def announce() -> None:
        if told or not _is_ready(address):
            return
        told.append(time.monotonic() - started)
        click.echo(banner(address, settings, told[0]))

    return announce


def _is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health/ready", timeout=1) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@click.command()
def web() -> None:
    """Serve HTTP in one process (a member of the group that `linli serve` keeps)."""
    settings = load_settings()
    _log_to(settings.log_file)
    listener = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind((settings.host, settings.port))
    config = uvicorn.Config(
        create_app(settings),
        loop="uvloop",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=settings.trusted_proxies is not None,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=10,
    )
    uvicorn.Server(config).run(sockets=[listener])


@click.command()
def worker() -> None:
    """Deliver the outbox (a member of the group that `linli serve` keeps)."""
    settings = load_settings()
    _log_to(settings.log_file)
    asyncio.run(run_worker(settings))


def _log_to(file: Path | None) -> None:
    """Log to standard error, or to a file that belongs to us alone (a demo's terminal is read)."""
    if file is None:
        configure_logs()
        return
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    configure_logs(os.fdopen(handle, "a", buffering=1, encoding="utf-8"))
