"""The sentences a second start gets: already running, port taken, folder not ours."""

import json
import os
import re
import socket
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import backend
from backend.servers.errors import AlreadyRunning, PortTaken, ServersError
from backend.servers.folder import require_state_dir
from backend.servers.lock import find_run, hold_run_lock
from backend.servers.ports import require_port_free

PROJECT = Path(backend.__file__).resolve().parent.parent
AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
ADDRESS = "http://127.0.0.1:8000"


def test_a_second_start_says_where_the_first_runs(tmp_path: Path) -> None:
    with hold_run_lock(tmp_path / "state", ADDRESS, at=AT) as run:
        assert find_run(tmp_path / "state") == run
        sentence = (
            f"Linli is already running at {ADDRESS} (pid {os.getpid()}) "
            "since 2026-03-04T05:06:07+00:00"
        )
        with (
            pytest.raises(AlreadyRunning, match=f"^{re.escape(sentence)}$") as caught,
            hold_run_lock(tmp_path / "state", ADDRESS, at=AT),
        ):
            pass
        assert caught.value.pid == os.getpid()
        assert json.loads((tmp_path / "state/run.json").read_text())["pid"] == os.getpid()
    assert find_run(tmp_path / "state") is None
    with hold_run_lock(tmp_path / "state", ADDRESS, at=AT):
        pass


def test_a_run_that_has_not_written_its_note_is_starting(tmp_path: Path) -> None:
    with hold_run_lock(tmp_path, ADDRESS, at=AT):
        (tmp_path / "run.json").unlink()
        with (
            pytest.raises(AlreadyRunning, match=f"already starting.*pid {os.getpid()}"),
            hold_run_lock(tmp_path, ADDRESS, at=AT),
        ):
            pass


def test_a_killed_run_holds_nothing(tmp_path: Path) -> None:
    script = (
        "import os, sys, datetime, pathlib\n"
        "from backend.servers.lock import hold_run_lock\n"
        "at = datetime.datetime.now(datetime.UTC)\n"
        "with hold_run_lock(pathlib.Path(sys.argv[1]), 'http://dead', at=at):\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", script, tmp_path / "state"], cwd=PROJECT, check=False)
    assert (tmp_path / "state/run.json").exists()
    assert find_run(tmp_path / "state") is None
    with hold_run_lock(tmp_path / "state", ADDRESS, at=AT) as run:
        assert run.pid == os.getpid()


def test_a_taken_port_names_the_setting_and_a_free_one() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        sentence = f"Port {port} is taken by another program; choose another with LINLI_PORT="
        with pytest.raises(PortTaken, match=sentence) as caught:
            require_port_free("127.0.0.1", port)
        offered = int(str(caught.value).rpartition("=")[2])
        require_port_free("127.0.0.1", offered)
    require_port_free("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_an_address_that_is_not_ours_is_named(host: str) -> None:
    with pytest.raises(ServersError, match=f"Cannot listen on {host} port 8000"):
        require_port_free(host, 8000)


def test_a_new_state_folder_is_closed(tmp_path: Path) -> None:
    require_state_dir(tmp_path / "a/state")
    mode = stat.S_IMODE((tmp_path / "a/state").stat().st_mode)
    assert mode == (0o711 if os.geteuid() == 0 else 0o700)
    require_state_dir(tmp_path / "a/state")


def test_a_file_in_place_of_the_state_folder_is_named(tmp_path: Path) -> None:
    file = tmp_path / "state"
    file.touch()
    with pytest.raises(ServersError, match=f"{file} is not a folder; choose another"):
        require_state_dir(file)
    with pytest.raises(ServersError, match=r"Cannot .* the state folder .*LINLI_STATE_DIR"):
        require_state_dir(file / "below")


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to make somebody else's folder")
def test_somebody_elses_state_folder_is_refused(tmp_path: Path) -> None:
    os.chown(tmp_path, 65534, 65534)
    sentence = f"The state folder {tmp_path} belongs to nobody, and we are root"
    with pytest.raises(ServersError, match=sentence):
        require_state_dir(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_state_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ServersError, match="cannot be written"):
        require_state_dir(tmp_path)
