"""The embedded PostgreSQL: made on the first start, minded while we live, stopped with us.

The kernel sends it SIGINT (fast shutdown) when we are killed, so no orphan writes on.
"""

import signal
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from backend.servers.account import RunAs, run_as, unprivileged_account
from backend.servers.binaries import find_postgres, require_linux, runnable_by
from backend.servers.cluster import (
    OWNER,
    Cluster,
    make_cluster,
    make_socket_folder,
    read_cluster,
    remember,
)
from backend.servers.errors import AlreadyRunning, ServersError, quiet
from backend.servers.folder import (
    closed_mode,
    last_lines,
    make_folder,
    open_log,
    require_state_dir,
)
from backend.servers.lock import FileLock, is_held
from backend.servers.ports import LOOPBACK, free_port, is_port_free, require_port_free
from backend.servers.postmaster import (
    make_database,
    require_unheld,
    server_options,
    wait_until_ready,
)
from backend.servers.process import PLAIN_ENV, start_child, stop_child

DATABASE = "linli"
_PORT_TRIES = 3


class EmbeddedPostgres:
    """One PostgreSQL server on loopback, with its data in `folder` (its parent: the state folder).

    `port` is chosen and remembered when None. `durable=False` gives up fsync for throw-away test
    data. Start and stop it from the main thread.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        durable: bool = True,
        say: Callable[[str], None] = quiet,
    ) -> None:
        self._folder = folder.resolve()
        self._data = self._folder / "data"
        self._given_port = port
        self._durable = durable
        self._say = say
        self._lock = FileLock(self._folder / "lock")
        self._programs = Path()
        self._run_as: RunAs | None = None
        self._cluster: Cluster | None = None
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
        """The number of the server's main process; raises `ServersError` when not started."""
        if self._child is None:
            raise ServersError("The embedded PostgreSQL is not started")
        return self._child.pid

    @property
    def programs(self) -> Path:
        """The folder with psql, pg_dump and the other programs of the running server."""
        return self._programs

    def url(self, database: str = DATABASE) -> str:
        """postgresql://… of a database on this server; raises `ServersError` before `start`."""
        if self._cluster is None:
            raise ServersError("The embedded PostgreSQL is not started")
        return _url(self._cluster, database)

    def start(self) -> None:
        """Start and return once queries are accepted and the database `linli` exists.

        Raises `AlreadyRunning` when a live server or another run holds the data, `PortTaken` when
        the given port is taken, `ServersError` otherwise; nothing is left running then.
        """
        require_linux()
        require_state_dir(self._folder.parent)
        make_folder(self._folder, closed_mode())
        if not self._lock.take():
            raise _in_use(self._folder, self._lock.holder())
        try:
            self._cluster = self._open()
            self._launch()
            self._make_database()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Fast shutdown: sessions are ended, what was committed stays. Harmless before `start`."""
        if self._child is not None:
            stop_child(self._child, (signal.SIGINT, 30.0), (signal.SIGQUIT, 5.0))
        self._child = None
        self._lock.release()

    def revive(self) -> bool:
        """Start the server again on the same port if it died; whether it had to be started.

        Raises `ServersError` when it does not come back.
        """
        if self._child is None or self._child.poll() is None:
            return False
        self._say(f"PostgreSQL ended unexpectedly (code {self._child.returncode}); starting again")
        self._launch(keep_port=True)
        return True

    def _open(self) -> Cluster:
        cluster = read_cluster(self._folder)
        found = find_postgres(cluster.major if cluster else None)
        account = unprivileged_account("postgres", "nobody")
        run_as(account, self._folder)  # before anything is copied into a folder out of its reach
        self._programs = runnable_by(account, found.program, self._folder).parent
        self._run_as = run_as(account, self._programs, self._folder)
        if cluster is None:
            self._say(f"Making the data folder of PostgreSQL {found.major} in {self._folder}")
            cluster = make_cluster(
                self._folder, self._programs, found.major, self._run_as, durable=self._durable
            )
        return cluster

    def _launch(self, *, keep_port: bool = False) -> None:
        """Start the server; a chosen port that is taken between choice and use is chosen anew."""
        require_unheld(self._data, self._say)
        for attempt in range(_PORT_TRIES):
            cluster = self._with_port(keep=keep_port)
            self._child = self._spawn(cluster)
            if wait_until_ready(self._child, self._data):
                self._cluster = cluster
                remember(self._folder, cluster)
                self._say(f"PostgreSQL {cluster.major} is ready on {LOOPBACK}:{cluster.port}")
                return
            if attempt + 1 == _PORT_TRIES or is_port_free(cluster.port):
                break
        log = self._folder / "server.log"
        raise ServersError(f"PostgreSQL does not start: {last_lines(log)} (more in {log})")

    def _with_port(self, *, keep: bool) -> Cluster:
        if self._cluster is None:
            raise ServersError("The embedded PostgreSQL has no data folder yet")
        port = self._given_port or (self._cluster.port if keep else None)
        if port is not None:
            require_port_free(LOOPBACK, port, setting=None)
            return replace(self._cluster, port=port)
        remembered = self._cluster.port
        usable = remembered != 0 and is_port_free(remembered)
        return replace(self._cluster, port=remembered if usable else free_port())

    def _spawn(self, cluster: Cluster) -> subprocess.Popen[bytes]:
        account = self._run_as.account if self._run_as else None
        socket_folder = make_socket_folder(self._folder, account)
        options = server_options(cluster.port, socket_folder, durable=self._durable)
        with open_log(self._folder / "server.log") as output:
            return start_child(
                [str(self._programs / "postgres"), "-D", str(self._data), *options],
                death_signal=signal.SIGINT,
                env=PLAIN_ENV,
                run_as=self._run_as,
                output=output,
                cwd=Path("/"),
            )

    def _make_database(self) -> None:
        if self._cluster is not None:
            make_database(self._programs, self._cluster, DATABASE)


def find_running_postgres(folder: Path, database: str = DATABASE) -> str | None:
    """The address of the server that another run of ours keeps on this folder, None without one."""
    if not is_held(folder / "lock"):
        return None
    cluster = read_cluster(folder)
    return _url(cluster, database) if cluster and cluster.port else None


def _in_use(folder: Path, holder: int | None) -> AlreadyRunning:
    return AlreadyRunning(
        f"Another run of Linli (pid {holder}) keeps the embedded PostgreSQL in {folder}", pid=holder
    )


def _url(cluster: Cluster, database: str) -> str:
    return f"postgresql://{OWNER}:{cluster.password}@{LOOPBACK}:{cluster.port}/{database}"
