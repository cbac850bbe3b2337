"""The embedded Valkey against the real binary: answers, forgets, is closed to strangers."""

import os
import signal
import socket
import stat
import time
from pathlib import Path

import pytest

from backend.servers.errors import AlreadyRunning, PortTaken, ServersError
from backend.servers.process import identity_of
from backend.servers.valkey import EmbeddedValkey, find_running_valkey


def ask(url: str, *words: str, sign_in: bool = True) -> str:
    password, _, address = url.removeprefix("redis://:").partition("@")
    host, port = address.removesuffix("/0").split(":")
    with socket.create_connection((host, int(port)), timeout=2) as connection:
        stream = connection.makefile("rwb")
        with stream:
            if sign_in:
                stream.write(f"AUTH {password}\r\n".encode())
                stream.flush()
                assert stream.readline() == b"+OK\r\n"
            stream.write((" ".join(words) + "\r\n").encode())
            stream.flush()
            first = stream.readline().decode().strip()
            if not first.startswith("$") or first == "$-1":
                return first
            return stream.readline().decode().strip()


def test_it_answers_in_memory_only_and_asks_for_the_password(tmp_path: Path) -> None:
    folder = tmp_path / "valkey"
    with EmbeddedValkey(folder) as server:
        assert ask(server.url(), "PING") == "+PONG"
        assert "NOAUTH" in ask(server.url(), "PING", sign_in=False)
        assert ask(server.url(), "SET", "word", "linli") == "+OK"
        assert ask(server.url(), "GET", "word") == "linli"
        config = (folder / "valkey.conf").read_text()
        assert stat.S_IMODE((folder / "valkey.conf").stat().st_mode) == 0o600
        assert "maxmemory 128mb" in config
        password = server.url().split(":")[2].split("@")[0]
        assert password not in Path(f"/proc/{server.pid}/cmdline").read_text()
        first, pid = server.url(), server.pid
        with pytest.raises(AlreadyRunning, match=f"pid {os.getpid()}"):
            EmbeddedValkey(folder).start()
        assert find_running_valkey(folder) == first
    assert identity_of(pid) is None
    assert find_running_valkey(folder) is None
    assert {entry.name for entry in folder.iterdir()} == {"lock", "server.log", "valkey.conf"}


def test_it_revives_empty_at_the_same_address(tmp_path: Path) -> None:
    with EmbeddedValkey(tmp_path / "valkey") as server:
        url = server.url()
        ask(url, "SET", "word", "linli")
        os.kill(server.pid, signal.SIGKILL)
        deadline = time.monotonic() + 5
        while not (revived := server.revive()) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert revived
        assert server.url() == url
        assert ask(url, "GET", "word") == "$-1"
        assert server.revive() is False


def test_a_given_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=f"Port {port} is taken"):
            EmbeddedValkey(tmp_path / "valkey", port=port).start()


def test_a_server_that_ends_at_once_shows_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.servers.valkey._Door.config", lambda _: "no-such-directive 1\n")
    with pytest.raises(ServersError, match=r"Valkey does not start: .*no-such-directive"):
        EmbeddedValkey(tmp_path / "valkey").start()
