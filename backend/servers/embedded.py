"""Whatever is not configured from outside, started here: the one door for the command line."""

from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from backend.servers.errors import ServersError, quiet
from backend.servers.folder import require_state_dir
from backend.servers.postgres import EmbeddedPostgres, find_running_postgres
from backend.servers.valkey import EmbeddedValkey, find_running_valkey
from backend.settings import Settings


class EmbeddedServers:
    """`with EmbeddedServers(settings, say) as servers:` gives two addresses that answer.

    `LINLI_DATABASE_URL` and `LINLI_REDIS_URL` are passed through untouched. With `join=True` the
    servers of a Linli that is running already are used, not started (for `linli clock advance`
    beside a running `linli serve`); without it they raise `AlreadyRunning`. `durable=False` is for
    throw-away data of tests (no fsync). Main thread only.
    """

    def __init__(
        self,
        settings: Settings,
        say: Callable[[str], None] = quiet,
        *,
        join: bool = False,
        durable: bool = True,
    ) -> None:
        self._settings = settings
        self._say = say
        self._join = join
        self._durable = durable
        self._database_url = settings.database_url
        self._redis_url = settings.redis_url
        self._postgres: EmbeddedPostgres | None = None
        self._valkey: EmbeddedValkey | None = None
        self._started = ExitStack()

    @property
    def database_url(self) -> str:
        """postgresql://… ; raises `ServersError` outside the `with` block."""
        return _given(self._database_url)

    @property
    def redis_url(self) -> str:
        """redis://… ; raises `ServersError` outside the `with` block."""
        return _given(self._redis_url)

    def __enter__(self) -> Self:
        """Start what is missing; raises `ServersError`, and then nothing is left running."""
        try:
            with ExitStack() as starting:
                if self._database_url is None:
                    self._database_url = self._start_postgres(starting)
                if self._redis_url is None:
                    self._redis_url = self._start_valkey(starting)
                self._started = starting.pop_all()
        except OSError as error:  # a full disk, a read-only file system
            raise ServersError(f"Cannot work in {self._settings.state_dir}: {error}") from error
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self._started.close()
        self._postgres = self._valkey = None
        self._database_url = self._settings.database_url
        self._redis_url = self._settings.redis_url

    def revive(self) -> None:
        """Start again, at the same address, what we started and what died since.

        Meant for `run_group(each_tick=servers.revive)`. Raises `ServersError` when it cannot.
        """
        for server in (self._postgres, self._valkey):
            if server is not None:
                server.revive()

    def _start_postgres(self, starting: ExitStack) -> str:
        require_state_dir(self._settings.state_dir)
        folder = self._settings.state_dir / "postgres"
        if self._join and (found := find_running_postgres(folder)):
            return found
        self._postgres = starting.enter_context(
            EmbeddedPostgres(folder, say=self._say, durable=self._durable)
        )
        return self._postgres.url()

    def _start_valkey(self, starting: ExitStack) -> str:
        require_state_dir(self._settings.state_dir)
        folder = self._settings.state_dir / "valkey"
        if self._join and (found := find_running_valkey(folder)):
            return found
        self._valkey = starting.enter_context(EmbeddedValkey(folder, say=self._say))
        return self._valkey.url()


def _given(url: str | None) -> str:
    if url is None:
        raise ServersError("The embedded servers are not started")
    return url
