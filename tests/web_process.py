"""A real web process of ours on a free loopback port, to be loaded, measured and killed."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from backend.servers.ports import free_port
from tests.servers_of_the_run import Servers

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")
READY_WITHIN_S = 20.0


@dataclass
class WebProcess:
    """`uvicorn` with one worker on one database; `address` stays the same over restarts."""

    servers: Servers
    database_url: str
    command: tuple[str, ...] = ("-m", "backend.cli", "web")
    env: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    child: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self.child is not None
        return self.child.pid

    def start(self) -> None:
        """Start the process; use `ready` to wait for it."""
        env = {
            **os.environ,
            "LINLI_ENV": "test",
            "LINLI_PORT": str(self.port),
            "LINLI_DATABASE_URL": self.database_url,
            "LINLI_REDIS_URL": self.servers.redis_url,
            "LINLI_SECRETS_FILE": str(self.servers.secrets_file),
            **self.env,
        }
        self.child = subprocess.Popen(
            [sys.executable, *self.command],
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    async def ready(self, path: str = "/health/ready") -> None:
        """Wait until the process answers; fails after 20 seconds."""
        until = time.monotonic() + READY_WITHIN_S
        async with httpx.AsyncClient() as http:
            while time.monotonic() < until:
                try:
                    if (await http.get(self.address + path)).status_code == 200:
                        return
                except httpx.TransportError:
                    pass
                assert self.child is not None
                assert self.child.poll() is None, f"the process left with {self.child.returncode}"
                await asyncio.sleep(0.05)
        raise TimeoutError(f"{self.address} did not answer within {READY_WITHIN_S} s")

    def kill(self) -> None:
        """kill -9, at once."""
        assert self.child is not None
        self.child.kill()
        self.child.wait()

    def stop(self) -> None:
        """SIGTERM, then wait."""
        if self.child is not None and self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)
            self.child.wait(15)

    def cpu_s(self) -> float:
        """User and system time of the process so far, in seconds."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS_PER_S
