"""Whatever way the parent dies, nothing it started stays; and whoever we are, it starts."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import backend
from backend.servers import account as accounts
from backend.servers import binaries
from backend.servers.embedded import EmbeddedServers
from backend.servers.errors import AlreadyRunning, ServersError
from backend.servers.postgres import EmbeddedPostgres
from backend.servers.process import Identity, identity_of, is_alive
from backend.servers.valkey import EmbeddedValkey
from backend.settings import load_settings

PROJECT = Path(backend.__file__).resolve().parent.parent
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")

SCRIPT = """
import sys, time
from pathlib import Path
from backend.servers.embedded import EmbeddedServers
from backend.settings import load_settings
with EmbeddedServers(load_settings({"LINLI_STATE_DIR": sys.argv[1]})) as servers:
    print(servers._postgres.pid, servers._valkey.pid, flush=True)
    time.sleep(float(sys.argv[2]))
"""


def wait_until_dead(identity: Identity, seconds: float = 8.0) -> bool:
    deadline = time.monotonic() + seconds
    while is_alive(identity) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not is_alive(identity)


@pytest.fixture(scope="module")
def state_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One state folder for the tests that follow one another on the same data."""
    return tmp_path_factory.mktemp("shared") / "state"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A new folder below /tmp: pytest's own lies below a 0700 one."""
    folder = Path(tempfile.mkdtemp(prefix="linli-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_parent_leaves_no_server(state_dir: Path, number: signal.Signals) -> None:
    argv = [sys.executable, "-c", SCRIPT, str(state_dir), "60"]
    with subprocess.Popen(argv, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        servers = [identity_of(int(word)) for word in parent.stdout.readline().split()]
        parent.send_signal(number)
    assert len(servers) == 2
    assert all(server is not None and wait_until_dead(server) for server in servers)
    with EmbeddedPostgres(state_dir / "postgres") as again:
        assert identity_of(again.pid)


def test_what_is_configured_from_outside_is_not_started(tmp_path: Path) -> None:
    environ = {
        "LINLI_STATE_DIR": str(tmp_path / "state"),
        "LINLI_DATABASE_URL": "postgresql://outside/linli",
        "LINLI_REDIS_URL": "redis://outside/0",
    }
    with EmbeddedServers(load_settings(environ)) as servers:
        assert servers.database_url == "postgresql://outside/linli"
        assert servers.redis_url == "redis://outside/0"
        servers.revive()
    assert not (tmp_path / "state").exists()


def test_a_second_command_may_join_but_not_start_twice(state_dir: Path) -> None:
    settings = load_settings({"LINLI_STATE_DIR": str(state_dir)})
    with EmbeddedServers(settings) as servers:
        with pytest.raises(AlreadyRunning), EmbeddedServers(settings):
            pass
        with EmbeddedServers(settings, join=True) as joined:
            assert joined.database_url == servers.database_url
            assert joined.redis_url == servers.redis_url
        with EmbeddedServers(settings, join=True):
            pass
    with pytest.raises(ServersError, match="not started"):
        _ = servers.database_url


@as_root
def test_below_a_0700_folder_as_root_no_permission_of_a_parent_changes(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    places = (closed, *closed.parents)
    before = [(place.stat().st_mode, place.stat().st_uid) for place in places]
    with EmbeddedPostgres(closed / "state/postgres", durable=False) as server:
        status = Path(f"/proc/{server.pid}/status").read_text()
        assert "CapEff:\t0000000000000004" in status
        assert not status.split("Uid:\t")[1].startswith("0\t")
    assert [(place.stat().st_mode, place.stat().st_uid) for place in places] == before


@as_root
def test_where_the_account_may_go_by_itself_it_gets_no_capability(open_folder: Path) -> None:
    with EmbeddedValkey(open_folder / "state/valkey") as server:
        program = Path(f"/proc/{server.pid}/exe").readlink()
        account = accounts.unprivileged_account("nobody", "postgres")
        assert account is not None
        if accounts.may_enter(account, program.parent):
            status = Path(f"/proc/{server.pid}/status").read_text()
            assert "CapEff:\t0000000000000000" in status


@as_root
def test_without_the_capability_a_closed_folder_is_one_clear_sentence(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "can_grant_reading", lambda: False)
    monkeypatch.setattr(binaries, "can_grant_reading", lambda: False)
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(ServersError, match=f"cannot reach {closed}.*LINLI_STATE_DIR"):
        EmbeddedValkey(closed / "state/valkey").start()


@as_root
def test_binaries_that_only_root_may_run_are_copied_and_run_below_a_0700_folder(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "may_run", lambda *_: False)
    open_folder.chmod(0o700)
    with EmbeddedPostgres(open_folder / "state/postgres", durable=False) as server:
        assert server.programs.is_relative_to(open_folder)
        assert identity_of(server.pid)


def _python_for(user: accounts.Account) -> str | None:
    for path in (Path(sys.executable), Path("/usr/bin/python3")):
        real = path.resolve()
        if (
            real.is_file()
            and accounts.may_enter(user, real.parent)
            and accounts.may_run(user, real)
        ):
            argv = [str(path), "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
            if subprocess.run(argv, check=False).returncode == 0:
                return str(path)
    return None


@as_root
def test_an_ordinary_user_starts_them_too(open_folder: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    user = accounts.Account("nobody", nobody.pw_uid, nobody.pw_gid)
    python = _python_for(user)
    packages = Path(binaries.find_valkey().path).parents[3]
    if python is None or not all(accounts.may_enter(user, p) for p in (PROJECT, packages)):
        pytest.skip("no Python, or no packages, that an ordinary user may read")
    home = open_folder / "home"
    home.mkdir(mode=0o700)
    os.chown(home, user.uid, user.gid)
    drop = ["setpriv", f"--reuid={user.uid}", f"--regid={user.gid}", "--clear-groups"]
    done = subprocess.run(
        [*drop, python, "-c", SCRIPT, str(home / "state"), "0"],
        env={
            "PATH": os.defpath,
            "PYTHONPATH": f"{PROJECT}:{packages}",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        cwd="/",
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.split()) == 2
    assert stat.S_IMODE((home / "state").stat().st_mode) == 0o700
    assert (home / "state/postgres/data").stat().st_uid == user.uid
