"""The embedded Valkey: cache, limits and wake-ups in memory only; nothing in it needs keeping.

Password and port are new at every start and stand in a 0600 file, never on a command line.
"""

import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from backend.servers.account import RunAs, run_as, unprivileged_account
from backend.servers.binaries import find_valkey, require_linux, runnable_by
from backend.servers.errors import AlreadyRunning, ServersError, quiet
from backend.servers.folder import (
    closed_mode,
    last_lines,
    make_folder,
    open_log,
    require_state_dir,
    write_private,
)
from backend.servers.lock import FileLock, is_held
from backend.servers.ports import LOOPBACK, free_port, is_port_free, require_port_free
from backend.servers.process import PLAIN_ENV, start_child, stop_child

_READY_SECONDS = 10.0
_POLL_SECONDS = 0.005
_PORT_TRIES = 3


@dataclass(frozen=True, slots=True)
class _Door:
    """Where one start of the server listens, and with what password."""

    port: int
    password: str

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@{LOOPBACK}:{self.port}/0"

    def config(self) -> str:
        return "\n".join(
            (
                f"bind {LOOPBACK}",
                f"port {self.port}",
                f"requirepass {self.password}",
                "protected-mode yes",
                "daemonize no",
                'save ""',
                "appendonly no",
                "maxmemory 128mb",
                "maxmemory-policy allkeys-lru",
                "",
            )
        )


class EmbeddedValkey:
    """One Valkey server on loopback, with its configuration and log in `folder`.

    `port` is chosen at each start when None. Start and stop it from the main thread.
    """

    def __init__(
        self, folder: Path, *, port: int | None = None, say: Callable[[str], None] = quiet
    ) -> None:
        self._folder = folder.resolve()
        self._given_port = port
        self._say = say
        self._lock = FileLock(self._folder / "lock")
        self._program = Path()
        self._run_as: RunAs | None = None
        self._door: _Door | None = None
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """The server's process number; raises `ServersError` when not started."""
        if self._child is None:
            raise ServersError("The embedded Valkey is not started")
        return self._child.pid

    def url(self) -> str:
        """redis://…/0 of this server; raises `ServersError` before `start`."""
        if self._door is None:
            raise ServersError("The embedded Valkey is not started")
        return self._door.url

    def start(self) -> None:
        """Start and return once PING is answered.

        Raises `AlreadyRunning` when another run uses the folder, `PortTaken` when the given port
        is taken, `ServersError` otherwise; nothing is left running then.
        """
        require_linux()
        require_state_dir(self._folder.parent)
        make_folder(self._folder, closed_mode())
        if not self._lock.take():
            raise _in_use(self._folder, self._lock.holder())
        try:
            account = unprivileged_account("nobody", "postgres")
            run_as(account, self._folder)  # before anything is copied out of its reach
            self._program = runnable_by(account, find_valkey(), self._folder)
            self._run_as = run_as(account, self._program.parent, self._folder)
            self._launch()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server; harmless when not started."""
        if self._child is not None:
            stop_child(self._child, (signal.SIGTERM, 5.0))
        self._child = None
        self._lock.release()

    def revive(self) -> bool:
        """Start the server again, empty, at the same address if it died; whether that was needed.

        Raises `ServersError` when it does not come back.
        """
        if self._child is None or self._child.poll() is None:
            return False
        self._say(f"Valkey ended unexpectedly (code {self._child.returncode}); starting again")
        self._launch(self._door)
        return True

    def _launch(self, previous: _Door | None = None) -> None:
        for attempt in range(_PORT_TRIES):
            door = previous or _Door(self._given_port or free_port(), secrets.token_urlsafe(24))
            if self._given_port:
                require_port_free(LOOPBACK, door.port, setting=None)
            self._child = self._spawn(door)
            if _wait_until_ready(self._child, door):
                self._door = door
                self._say(f"Valkey is ready on {LOOPBACK}:{door.port}")
                return
            if attempt + 1 == _PORT_TRIES or is_port_free(door.port):
                break
        log = self._folder / "server.log"
        raise ServersError(f"Valkey does not start: {last_lines(log)} (more in {log})")

    def _spawn(self, door: _Door) -> subprocess.Popen[bytes]:
        config = self._folder / "valkey.conf"
        write_private(config, door.config(), self._run_as.account if self._run_as else None)
        with open_log(self._folder / "server.log") as output:
            return start_child(
                [str(self._program), str(config)],
                death_signal=signal.SIGTERM,
                env=PLAIN_ENV,
                run_as=self._run_as,
                output=output,
                cwd=Path("/"),
            )


def find_running_valkey(folder: Path) -> str | None:
    """The address of the server that another run of ours keeps on this folder, None without one."""
    if not is_held(folder / "lock"):
        return None
    try:
        lines = (folder / "valkey.conf").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    words = dict(line.split(" ", 1) for line in lines if line)
    return _Door(int(words["port"]), words["requirepass"]).url


def _wait_until_ready(child: subprocess.Popen[bytes], door: _Door) -> bool:
    deadline = time.monotonic() + _READY_SECONDS
    while child.poll() is None and time.monotonic() < deadline:
        if _answers(door):
            return True
        time.sleep(_POLL_SECONDS)
    stop_child(child, (signal.SIGTERM, 2.0))
    return False


def _answers(door: _Door) -> bool:
    """Whether our own server, which alone knows the password, answers PING there."""
    try:
        with socket.create_connection((LOOPBACK, door.port), timeout=1.0) as connection:
            connection.sendall(f"AUTH {door.password}\r\nPING\r\n".encode())
            with connection.makefile("rb") as answer:
                return answer.readline() == b"+OK\r\n" and answer.readline() == b"+PONG\r\n"
    except OSError:
        return False


def _in_use(folder: Path, holder: int | None) -> AlreadyRunning:
    return AlreadyRunning(
        f"Another run of Linli (pid {holder}) keeps the embedded Valkey in {folder}", pid=holder
    )
