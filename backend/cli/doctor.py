"""`linli doctor`: whether everything Linli stands on is as it should be, in plain words."""

import platform
import shutil
import stat
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import click

from backend.cli.session import with_database
from backend.core import clock
from backend.core.cache import Cache
from backend.core.db import fetch_value
from backend.core.migrating import pending_migrations
from backend.settings import Settings

OLDEST_POSTGRES = 150_000
OLDEST_REDIS = 7
LEAST_DISK_MB = 500
MOST_SKEW_S = 2.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `hint` says how to mend it."""

    what: str
    good: bool
    said: str
    hint: str = ""


Check = Callable[[Settings], Awaitable[Finding]]


async def _python(_: Settings) -> Finding:
    good = sys.version_info >= (3, 11)
    return Finding("Python", good, platform.python_version(), "needs 3.11 or newer")


async def _settings(settings: Settings) -> Finding:
    said = f"LINLI_ENV={settings.env}, state in {settings.state_dir}, pool of {settings.pool_size}"
    return Finding("settings", True, said)


async def _secrets(settings: Settings) -> Finding:
    mode = stat.S_IMODE(settings.secrets_file.stat().st_mode)
    hint = f"chmod 600 {settings.secrets_file}"
    return Finding("secrets", mode & 0o077 == 0, f"{settings.secrets_file} ({mode:o})", hint)


async def _postgres(_: Settings) -> Finding:
    version = int(await fetch_value("SHOW server_version_num"))
    safe = [await fetch_value(f"SHOW {name}") for name in ("fsync", "synchronous_commit")]
    said = f"{version // 10_000}.{version % 10_000}, fsync {safe[0]}, synchronous_commit {safe[1]}"
    good = version >= OLDEST_POSTGRES and safe == ["on", "on"]
    return Finding("PostgreSQL", good, said, "needs 15 or newer, both settings on")


async def _redis(settings: Settings) -> Finding:
    cache = Cache(settings.redis_url)
    try:
        info = await cache.ask(cache.client.info("server")) if cache.client else None
    finally:
        await cache.close()
    if info is None:
        hint = "votes and check-ins work without it; live streams are slower"
        return Finding("Redis", False, "does not answer", hint)
    version = str(info.get("valkey_version") or info["redis_version"])
    good = int(version.split(".", maxsplit=1)[0]) >= OLDEST_REDIS
    return Finding("Redis", good, version, "needs 7 or newer")


async def _clock(settings: Settings) -> Finding:
    ahead = await clock.shift()
    real = await fetch_value("SELECT clock_timestamp()")
    skew = abs((datetime.now(UTC) - real).total_seconds())
    said = f"demo clock ahead by {ahead}, this machine {skew:.3f} s off the database"
    good = skew <= MOST_SKEW_S and (settings.has_demo_clock or not ahead)
    return Finding("clock", good, said, "set this machine's time; production runs on real time")


async def _disk(settings: Settings) -> Finding:
    there = settings.state_dir if settings.state_dir.exists() else settings.secrets_file.parent
    free_mb = shutil.disk_usage(there).free // 1_000_000
    return Finding("disk", free_mb >= LEAST_DISK_MB, f"{free_mb:,} MB free", "make room")


async def _migrations(_: Settings) -> Finding:
    pending = await pending_migrations()
    return Finding("migrations", not pending, f"{len(pending)} pending", "run: linli migrate")


async def _reference(_: Settings) -> Finding:
    places = await fetch_value("SELECT count(*) FROM places")
    rules = await fetch_value("SELECT count(*) FROM voting_rules")
    packs = await fetch_value("SELECT count(*) FROM policy_packs")
    said = f"{places} places, {rules} voting rules, {packs} policy packs"
    return Finding("reference data", bool(places and rules and packs), said, "run: linli seed")


async def _outbox(_: Settings) -> Finding:
    waiting = await fetch_value(
        "SELECT count(*) FROM outbox_messages WHERE done_at IS NULL AND failed_at IS NULL"
        " AND due_at < clock_timestamp() - interval '1 minute'"
    )
    failed = await fetch_value("SELECT count(*) FROM outbox_messages WHERE failed_at IS NOT NULL")
    said = f"{waiting} late, {failed} set aside"
    return Finding("outbox", not waiting and not failed, said, "is `linli worker` running?")


CHECKS: tuple[Check, ...] = (_python, _settings, _secrets, _postgres, _redis, _clock, _disk)
CHECKS_OF_CONTENT: tuple[Check, ...] = (_migrations, _reference, _outbox)


async def examine(settings: Settings) -> list[Finding]:
    """All findings; content is looked at only once the tables are there."""
    findings = [await check(settings) for check in CHECKS]
    for check in CHECKS_OF_CONTENT:
        findings.append(await check(settings))
        if not findings[-1].good and check is _migrations:
            break
    return findings


@click.command()
def doctor() -> None:
    """Explain versions, connections, settings, clock, disk and pending migrations."""
    findings = with_database(examine)
    for finding in findings:
        mark = click.style("ok  ", fg="green") if finding.good else click.style("look", fg="red")
        click.echo(f"{mark} {finding.what:<15} {finding.said}")
        if not finding.good and finding.hint:
            click.echo(f"     {'':<15} {finding.hint}")
    sys.exit(0 if all(finding.good for finding in findings) else 1)
