"""The embedded PostgreSQL against real binaries: first start, next start, kill -9, bad folders."""

import os
import signal
import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.servers.account import run_as, unprivileged_account
from backend.servers.errors import AlreadyRunning, PortTaken, ServersError
from backend.servers.postgres import EmbeddedPostgres, find_running_postgres
from backend.servers.process import identity_of, pids_working_in, start_child, stop_child


def query(server: EmbeddedPostgres, sql: str) -> str:
    argv = [f"{server.programs}/psql", server.url(), "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", sql]
    return subprocess.run(
        argv, capture_output=True, text=True, check=True, timeout=20
    ).stdout.strip()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One data folder for the tests of this file that only need some cluster, at rest."""
    folder = tmp_path_factory.mktemp("state") / "postgres"
    with EmbeddedPostgres(folder):
        pass
    yield folder
    assert pids_working_in(folder / "data") == []


def test_first_start_is_safe_and_second_start_keeps_data(tmp_path: Path) -> None:
    said: list[str] = []
    with EmbeddedPostgres(tmp_path / "postgres", say=said.append) as server:
        settings = "fsync synchronous_commit data_checksums server_encoding listen_addresses"
        shown = [query(server, f"SHOW {name}") for name in settings.split()]
        assert shown == ["on", "on", "on", "UTF8", "127.0.0.1"]
        query(server, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('邻里')")
        first_url = server.url()
        pid = server.pid
    assert identity_of(pid) is None
    with EmbeddedPostgres(tmp_path / "postgres", say=said.append) as server:
        assert query(server, "SELECT word FROM kept") == "邻里"
        assert server.url() == first_url
    assert sum("Making" in sentence for sentence in said) == 1


def test_wrong_password_and_no_password_are_refused(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        url = server.url()
        password = url.split(":")[2].split("@")[0]
        for wrong in (url.replace(password, "wrong"), url.replace(f":{password}", "")):
            argv = [f"{server.programs}/psql", wrong, "-XwAtc", "SELECT 1"]
            assert subprocess.run(argv, capture_output=True, check=False).returncode != 0
        assert password not in Path(f"/proc/{server.pid}/cmdline").read_text()


def test_secrets_and_data_are_closed_to_others(folder: Path) -> None:
    for name, mode in (("cluster.json", 0o600), ("data", 0o700), ("server.log", 0o600)):
        assert stat.S_IMODE((folder / name).stat().st_mode) == mode, name
    assert not (folder / "initdb.password").exists()


def test_kill_9_loses_no_committed_row_and_revives_at_the_same_address(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        url = server.url()
        query(server, "CREATE TABLE survived AS SELECT 7 AS n")
        os.kill(server.pid, signal.SIGKILL)
        deadline = time.monotonic() + 5
        while not (revived := server.revive()) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert revived
        assert server.url() == url
        assert query(server, "SELECT n FROM survived") == "7"
        assert server.revive() is False
        os.kill(server.pid, signal.SIGKILL)
    with EmbeddedPostgres(folder) as server:
        assert query(server, "SELECT n FROM survived") == "7"


def test_stale_pid_file_naming_a_living_stranger_does_not_prevent_start(folder: Path) -> None:
    same_user = run_as(unprivileged_account("postgres", "nobody"))
    stranger = start_child(["/bin/sleep", "30"], death_signal=signal.SIGKILL, run_as=same_user)
    lines = f"{stranger.pid}\n{folder / 'data'}\n1\n1\n\n127.0.0.1\n1 1\nready\n"
    (folder / "data/postmaster.pid").write_text(lines)
    try:
        with EmbeddedPostgres(folder) as server:
            assert query(server, "SELECT 1") == "1"
        assert stranger.poll() is None
    finally:
        stop_child(stranger)


def test_a_second_run_on_the_same_data_is_told_who_holds_it(folder: Path) -> None:
    assert find_running_postgres(folder) is None
    with EmbeddedPostgres(folder) as server:
        with pytest.raises(AlreadyRunning, match=f"pid {os.getpid()}") as caught:
            EmbeddedPostgres(folder).start()
        assert caught.value.pid == os.getpid()
        assert caught.value.exit_code == 3
        assert find_running_postgres(folder) == server.url()
        assert query(server, "SELECT 1") == "1"


def test_an_orphan_that_does_not_end_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.servers.postmaster._ORPHAN_SECONDS", 0.05)
    with subprocess.Popen(["sleep", "30"], cwd=folder / "data") as orphan:
        try:
            with pytest.raises(AlreadyRunning, match=f"kill -INT {orphan.pid}"):
                EmbeddedPostgres(folder).start()
        finally:
            orphan.kill()


def test_interrupted_initdb_is_begun_again_and_a_deep_folder_gets_a_short_socket(
    tmp_path: Path,
) -> None:
    folder = tmp_path / ("深" * 30) / "postgres"
    leftover = folder / "data.unfinished/base"
    leftover.mkdir(parents=True)
    with EmbeddedPostgres(folder, durable=False) as server:
        assert query(server, "SHOW fsync") == "off"
        place = Path(query(server, "SHOW unix_socket_directories"))
        assert len(str(place).encode()) < 90
    assert not leftover.parent.exists()
    assert list(place.iterdir()) == []
    place.rmdir()


@pytest.mark.parametrize("content", [None, "PG_VERSION"])
def test_a_data_folder_that_is_not_ours_is_left_alone(tmp_path: Path, content: str | None) -> None:
    data = tmp_path / "postgres/data"
    data.mkdir(parents=True)
    if content:
        (data / content).write_text("18\n")
    with pytest.raises(ServersError, match="not a complete data folder made by Linli"):
        EmbeddedPostgres(tmp_path / "postgres").start()
    assert data.is_dir()


def test_a_missing_version_names_what_is_needed(folder: Path) -> None:
    version = folder / "data/PG_VERSION"
    before = version.read_text()
    version.write_text("14\n")
    try:
        with pytest.raises(ServersError, match="written by PostgreSQL 14, but only"):
            EmbeddedPostgres(folder).start()
    finally:
        version.write_text(before)


def test_a_given_port_that_is_taken_is_named(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=f"Port {port} is taken by another program"):
            EmbeddedPostgres(folder, port=port).start()


def test_a_remembered_port_that_is_taken_is_chosen_anew(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        port = int(server.url().split(":")[3].split("/")[0])
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        with EmbeddedPostgres(folder) as server:
            assert f":{port}/" not in server.url()
            assert query(server, "SELECT 1") == "1"
