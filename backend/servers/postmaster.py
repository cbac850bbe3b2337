"""PostgreSQL's main process seen from outside: its options, who holds its data, when it is ready.

/proc is asked who works in the data folder, because `postmaster.pid` lies after a kill -9: its
number may by then be another program's, and PostgreSQL would refuse to start for ever.
"""

import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from backend.servers.cluster import OWNER, Cluster
from backend.servers.errors import AlreadyRunning, ServersError
from backend.servers.ports import LOOPBACK
from backend.servers.process import PLAIN_ENV, pids_working_in, stop_child

_READY_SECONDS = 300.0  # recovery after a crash replays up to max_wal_size (1 GB) of log
_ORPHAN_SECONDS = 20.0  # a fast shutdown ends with a checkpoint
_QUERY_SECONDS = 60.0
_POLL_SECONDS = 0.005


def server_options(port: int, socket_folder: Path, *, durable: bool) -> list[str]:
    """The command line after `-D`; it overrides what any configuration file says.

    Log lines stay terse and without statements: they would repeat what residents wrote.
    """
    settings = {
        "listen_addresses": LOOPBACK,
        "port": str(port),
        "unix_socket_directories": str(socket_folder),
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
    }
    if not durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]


def require_unheld(data: Path, say: Callable[[str], None]) -> None:
    """Wait until no earlier server works on the data, then remove its stale pid file.

    After a kill -9 the old server's processes need a moment to notice. Raises `AlreadyRunning` with
    the main process's number when one is still there after 20 s.
    """
    holders = pids_working_in(data)
    if holders:
        say("Waiting for the previous PostgreSQL to end")
    deadline = time.monotonic() + _ORPHAN_SECONDS
    while holders and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
        holders = pids_working_in(data)
    if holders:
        written = _pid_file(data)[:1]
        pid = int(written[0]) if written and int(written[0]) in holders else holders[0]
        raise AlreadyRunning(
            f"A PostgreSQL of an earlier run (pid {pid}) still holds {data}; "
            f"end it with: kill -INT {pid}",
            pid=pid,
        )
    (data / "postmaster.pid").unlink(missing_ok=True)


def wait_until_ready(child: subprocess.Popen[bytes], data: Path) -> bool:
    """Whether the server came to accept connections; one that did not has been stopped."""
    deadline = time.monotonic() + _READY_SECONDS
    while child.poll() is None and time.monotonic() < deadline:
        lines = _pid_file(data)
        if len(lines) > 7 and lines[0] == str(child.pid) and lines[7] == "ready":
            return True
        time.sleep(_POLL_SECONDS)
    stop_child(child, (signal.SIGINT, 10.0))
    return False


def _pid_file(data: Path) -> list[str]:
    """Line 1 of postmaster.pid is the number, line 8 the status; empty when there is none."""
    try:
        return [line.strip() for line in (data / "postmaster.pid").read_text().splitlines()]
    except OSError:
        return []


def make_database(programs: Path, cluster: Cluster, name: str) -> None:
    """Create the database unless it exists, which also proves that queries are answered.

    The password travels in psql's environment only. Raises `ServersError`.
    """
    script = (
        f"SELECT 'CREATE DATABASE {name}' WHERE NOT EXISTS "
        f"(SELECT FROM pg_database WHERE datname = '{name}') \\gexec\n"
    )
    argv = [str(programs / "psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", LOOPBACK]
    try:
        done = subprocess.run(
            [*argv, "-p", str(cluster.port), "-U", OWNER, "-d", "postgres"],
            env={**PLAIN_ENV, "PGPASSWORD": cluster.password},
            input=script,
            capture_output=True,
            text=True,
            timeout=_QUERY_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ServersError(f"PostgreSQL does not answer: {error}") from error
    if done.returncode != 0:
        raise ServersError(f"PostgreSQL does not answer as it should: {done.stderr.strip()}")
