"""The servers of a test run: started once by it, with one seeded template for every worker."""

import asyncio
import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from backend import settings as settings_module
from backend.core.db import close_pool, connect_pool, fetch
from backend.core.migrating import run_migrations
from backend.core.sealing import create_secrets, load_ring, use_ring
from backend.seeding.demo import DemoSize, seed_demo
from backend.servers.embedded import EmbeddedServers

SMALL = DemoSize(buildings=2, floors=10, empty_units=4, shared_units=4, other_buildings=1)
_VARIABLES = ("LINLI_TEST_DATABASE_URL", "LINLI_TEST_REDIS_URL", "LINLI_TEST_SECRETS")


@dataclass(frozen=True)
class Servers:
    """Where the servers are; `url(name)` is the address of one database."""

    admin_url: str
    redis_url: str
    secrets_file: Path
    template: str

    def url(self, database: str) -> str:
        return f"{self.admin_url.rpartition('/')[0]}/{database}"

    async def execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    async def copy_template(self, database: str) -> str:
        """A fresh copy of the seeded template; returns its address (about 50 ms).

        Copied as files: the default strategy writes the whole template through the log, 240 ms.
        """
        await self.drop(database)
        copy = f'CREATE DATABASE "{database}" TEMPLATE "{self.template}" STRATEGY file_copy'
        await self.execute(copy)
        return self.url(database)

    async def drop(self, database: str) -> None:
        await self.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def _known(template: str) -> Servers | None:
    """Servers that the environment names: the run's own, told to its workers."""
    values = [os.environ.get(name) for name in _VARIABLES]
    if not all(values[:2]):
        return None
    database, redis, secrets = values
    if not secrets:
        path = Path(tempfile.mkdtemp(prefix="linli-test-")) / "secrets.json"
        create_secrets(path)
        secrets = os.environ["LINLI_TEST_SECRETS"] = str(path)
    return Servers(str(database), str(redis), Path(secrets), template)


@contextlib.contextmanager
def running_servers(*, durable: bool = False) -> Iterator[Servers]:
    """Servers with a seeded template; starts embedded ones unless the environment names some.

    What a suite writes is thrown away, so it does without fsync; figures are taken with it.
    """
    template = f"linli_template_{os.environ.get('LINLI_TEST_NAME', 'run')}"
    known = _known(template)
    if known is not None:
        if "LINLI_TEST_READY" not in os.environ:
            asyncio.run(_make_template(known))
        yield known
        return
    with tempfile.TemporaryDirectory(prefix="linli-test-") as folder:
        secrets = Path(folder) / "secrets.json"
        create_secrets(secrets)
        settings = settings_module.load_settings(
            {"LINLI_ENV": "test", "LINLI_STATE_DIR": f"{folder}/state"}
        )
        with EmbeddedServers(settings, durable=durable) as embedded:
            servers = Servers(embedded.database_url, embedded.redis_url, secrets, template)
            asyncio.run(_make_template(servers))
            yield servers


def tell_workers(servers: Servers) -> None:
    """Put the addresses where the workers of this run find them."""
    values = (servers.admin_url, servers.redis_url, str(servers.secrets_file))
    os.environ.update(dict(zip(_VARIABLES, values, strict=True)))
    os.environ["LINLI_TEST_READY"] = "1"


async def _make_template(servers: Servers) -> None:
    await servers.drop(servers.template)
    await servers.execute(f'CREATE DATABASE "{servers.template}"')
    use_ring(load_ring(servers.secrets_file))
    await connect_pool(servers.url(servers.template), 2)
    try:
        await run_migrations(servers.url(servers.template))
        await seed_demo(SMALL)
        await fetch(
            "INSERT INTO sessions (id, account_id, device_name, refresh_hash, rotated_at,"
            " created_at, expires_at) SELECT gen_random_uuid(), id, 'test',"
            " sha256(id::text::bytea), linli_now(), linli_now(), '2300-01-01' FROM accounts"
        )
    finally:
        await close_pool()
