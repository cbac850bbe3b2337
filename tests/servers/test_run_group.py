"""Minding children with real processes: restart, giving up, stopping, and kill -9 of ourselves."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import backend
from backend.servers.errors import ServersError
from backend.servers.group import ChildPlan, run_group
from backend.servers.process import Identity, identity_of, is_alive, start_child, stop_child

PROJECT = Path(backend.__file__).resolve().parent.parent
ENV = dict(os.environ)


def plan(name: str, shell: str) -> ChildPlan:
    return ChildPlan(name, ["/bin/sh", "-c", shell], ENV)


def when(condition: Callable[[], object], number: signal.Signals) -> Callable[[], None]:
    """A tick that sends us a stop signal once the condition holds, or after ten seconds."""
    deadline = time.monotonic() + 10

    def tick() -> None:
        if condition() or time.monotonic() > deadline:
            os.kill(os.getpid(), number)

    return tick


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_signal_ends_all_children_gracefully(tmp_path: Path, number: signal.Signals) -> None:
    shell = (
        f"trap 'echo bye >{tmp_path}/$NAME; exit 0' TERM; "
        f"echo >{tmp_path}/up-$NAME; while :; do sleep 0.02; done"
    )
    plans = [ChildPlan(name, ["/bin/sh", "-c", shell], {**ENV, "NAME": name}) for name in "ab"]
    both_up = when(lambda: len(list(tmp_path.glob("up-*"))) == 2, number)
    assert run_group(plans, each_tick=both_up) is number
    assert (tmp_path / "a").read_text() == (tmp_path / "b").read_text() == "bye\n"


def test_a_child_that_dies_is_started_again(tmp_path: Path) -> None:
    said: list[str] = []
    once = (
        f"[ -e {tmp_path}/first ] && touch {tmp_path}/again && exec sleep 30; "
        f"touch {tmp_path}/first; kill -9 $$"
    )
    tick = when((tmp_path / "again").exists, signal.SIGTERM)
    run_group([plan("worker", once)], say=said.append, each_tick=tick)
    assert said == ["worker ended unexpectedly (SIGKILL); again in 0.2 s", "Stopping"]


def test_a_child_that_keeps_dying_ends_the_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.servers.group._FIRST_DELAY_SECONDS", 0.001)
    monkeypatch.setattr("backend.servers.group._TICK_SECONDS", 0.02)
    survivor: list[Identity] = []

    def find() -> None:
        for child in Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split():
            if b"777" in Path(f"/proc/{child}/cmdline").read_bytes() and not survivor:
                survivor.extend(filter(None, [identity_of(int(child))]))

    plans = [plan("web", "exec sleep 777"), plan("worker", "exit 3")]
    with pytest.raises(
        ServersError, match=r"worker ended 5 times within 30 s \(last: exit code 3\)"
    ):
        run_group(plans, each_tick=find)
    assert survivor
    assert not is_alive(survivor[0])


def test_a_stubborn_child_is_killed_after_the_wait(tmp_path: Path) -> None:
    stubborn = f"trap '' TERM; touch {tmp_path}/up; while :; do sleep 0.02; done"
    tick = when((tmp_path / "up").exists, signal.SIGTERM)
    began = time.monotonic()
    run_group([plan("stubborn", stubborn)], each_tick=tick, stop_seconds=0.3)
    assert 0.3 <= time.monotonic() - began < 5


def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(ServersError, match="Cannot start /no/such"):
        run_group([ChildPlan("ghost", ["/no/such"], ENV)])


def test_a_failing_tick_ends_the_group_and_its_children() -> None:
    def fail() -> None:
        raise ServersError("PostgreSQL does not start")

    with pytest.raises(ServersError, match="PostgreSQL does not start"):
        run_group([plan("web", "exec sleep 778")], each_tick=fail, stop_seconds=5)


def test_kill_9_of_the_supervisor_leaves_no_child() -> None:
    script = (
        "from backend.servers.group import ChildPlan, run_group\n"
        "run_group([ChildPlan('web', ['/bin/sh', '-c', 'echo $$; trap : TERM; "
        "while :; do sleep 0.02; done'], {'PATH': '/usr/bin:/bin'})])\n"
    )
    argv = [sys.executable, "-c", script]
    with subprocess.Popen(argv, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout is not None
        child = identity_of(int(supervisor.stdout.readline()))
        supervisor.kill()
    assert child is not None
    deadline = time.monotonic() + 5
    while is_alive(child) and time.monotonic() < deadline:
        time.sleep(0.005)
    assert not is_alive(child)


def test_a_zombie_counts_as_dead_and_a_recycled_number_as_another() -> None:
    child = start_child(["/bin/sleep", "30"], death_signal=signal.SIGKILL)
    identity = identity_of(child.pid)
    assert identity is not None
    assert is_alive(identity)
    assert not is_alive(Identity(identity.pid, identity.started_ticks - 1))
    os.kill(child.pid, signal.SIGKILL)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert Path(f"/proc/{child.pid}").exists()
    assert not is_alive(identity)
    assert stop_child(child, (signal.SIGTERM, 1.0)) is None


def test_children_are_refused_outside_the_main_thread() -> None:
    caught: list[BaseException] = []

    def start() -> None:
        try:
            start_child(["/bin/true"], death_signal=signal.SIGKILL)
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert len(caught) == 1
