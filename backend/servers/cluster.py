"""The data folder of the embedded PostgreSQL: made once, whole or not at all.

In `folder` lie `data` (the server's account owns it), `cluster.json` (ours, 0600: password, port,
version), `server.log`, `lock` and, where the path is short enough, `socket`. initdb works in
`data.unfinished`, and the rename to `data` is the mark of completion.
"""

import json
import secrets
import shutil
import signal
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir

from backend.servers.account import Account, RunAs
from backend.servers.errors import ServersError
from backend.servers.folder import last_lines, make_folder, open_log, sync_folder, write_private
from backend.servers.process import PLAIN_ENV, start_child, stop_child, wait_for_end

OWNER = "linli"
"""The role that owns everything in the embedded server (a superuser: migrations make roles)."""

_INITDB_SECONDS = 120.0
_SOCKET_PATH_BYTES = 107
_LONGEST_SOCKET_NAME = "/.s.PGSQL.65535"


@dataclass(frozen=True, slots=True)
class Cluster:
    """What is remembered about a data folder."""

    major: int
    port: int
    password: str


def read_cluster(folder: Path) -> Cluster | None:
    """What was remembered beside a complete data folder; None before the first start.

    Raises `ServersError` when there is a data folder that we did not complete.
    """
    data = folder / "data"
    if not data.exists() and not data.is_symlink():
        return None
    try:
        cluster = Cluster(**json.loads((folder / "cluster.json").read_text(encoding="utf-8")))
        written_by = int((data / "PG_VERSION").read_text())
    except (OSError, ValueError, TypeError):
        raise ServersError(
            f"The folder {data} is not a complete data folder made by Linli; "
            "move it away, or choose another with LINLI_STATE_DIR"
        ) from None
    return replace(cluster, major=written_by)


def remember(folder: Path, cluster: Cluster) -> None:
    """Keep the password, port and version beside the data, readable by us only."""
    write_private(folder / "cluster.json", json.dumps(asdict(cluster)) + "\n")


def make_cluster(
    folder: Path, programs: Path, major: int, run_as: RunAs | None, *, durable: bool
) -> Cluster:
    """Run initdb beside the final place and rename when it is complete.

    `programs` is the folder with initdb. What an interrupted run left is removed first: the name
    is ours. Raises `ServersError` with the end of initdb's log.
    """
    unfinished = folder / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    cluster = Cluster(major, port=0, password=secrets.token_urlsafe(24))
    secret = folder / "initdb.password"
    account = run_as.account if run_as else None
    write_private(secret, cluster.password + "\n", account)
    try:
        _initdb(folder, programs, _locale_choices(major), run_as, durable=durable)
    finally:
        secret.unlink(missing_ok=True)
    remember(folder, cluster)
    unfinished.rename(folder / "data")
    sync_folder(folder)
    return cluster


def _locale_choices(major: int) -> list[list[str]]:
    """Code point order everywhere, so that an index never depends on the machine's libc."""
    if major >= 17:
        return [["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]]
    return [["--locale=C.UTF-8"], ["--locale=C"]]


def _initdb(
    folder: Path, programs: Path, locales: list[list[str]], run_as: RunAs | None, *, durable: bool
) -> None:
    data, log = folder / "data.unfinished", folder / "initdb.log"
    fixed = [
        *(str(programs / "initdb"), f"--pgdata={data}", f"--username={OWNER}"),
        *("--auth=scram-sha-256", f"--pwfile={folder / 'initdb.password'}"),
        *("--encoding=UTF8", "--data-checksums", "--no-instructions"),
        *([] if durable else ["--no-sync"]),
    ]
    for locale in locales:
        make_folder(data, 0o700, run_as.account if run_as else None)
        if _run([*fixed, *locale], log, run_as):
            return
        shutil.rmtree(data, ignore_errors=True)
    raise ServersError(f"initdb failed: {last_lines(log)} (more in {log})")


def _run(argv: list[str], log: Path, run_as: RunAs | None) -> bool:
    with open_log(log) as output:
        child = start_child(
            argv,
            death_signal=signal.SIGTERM,
            env=PLAIN_ENV,
            run_as=run_as,
            output=output,
            cwd=Path("/"),
        )
        try:
            return wait_for_end(child, _INITDB_SECONDS) and child.returncode == 0
        finally:
            stop_child(child, (signal.SIGTERM, 5.0))


def make_socket_folder(folder: Path, account: Account | None) -> Path:
    """A folder for the unix socket whose path fits the kernel's 107 bytes, empty of old sockets.

    Called only when no server works on the data, so whatever lies there is stale.
    """
    place = folder / "socket"
    if len(str(place).encode()) + len(_LONGEST_SOCKET_NAME) > _SOCKET_PATH_BYTES:
        name = sha256(str(folder.resolve()).encode()).hexdigest()[:12]
        place = Path(gettempdir()) / f"linli-{name}"
    make_folder(place, 0o700, account)
    for stale in place.glob(".s.PGSQL.*"):
        stale.unlink(missing_ok=True)
    return place
