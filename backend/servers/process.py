"""Starting, knowing and stopping child processes so that none outlives its parent.

The kernel sends the death signal when the *thread* that forked ends, not only when the process
does. So children are started from the main thread only; `start_child` refuses elsewhere.
"""

import ctypes
import os
import signal
import subprocess
import threading
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from backend.servers.account import RunAs, become
from backend.servers.errors import ServersError

_LIBC = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1
_ORPHANED = 112  # exit code of a child whose parent was gone before the death signal was set
_PROC = Path("/proc")

PLAIN_ENV = {"PATH": os.defpath, "LANG": "C", "LC_ALL": "C"}


@dataclass(frozen=True, slots=True)
class Identity:
    """A process told apart from a later one with the same number.

    `started_ticks` is the start time in clock ticks since boot (field 22 of /proc/PID/stat).
    """

    pid: int
    started_ticks: int


def identity_of(pid: int) -> Identity | None:
    """The living process with this number; None when there is none or it is a zombie."""
    try:
        text = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    state, *fields = text.rpartition(")")[2].split()
    return None if state in "ZX" else Identity(pid, int(fields[18]))


def is_alive(identity: Identity) -> bool:
    """Whether that very process still runs; a zombie counts as dead, a recycled number too."""
    return identity_of(identity.pid) == identity


def pids_working_in(folder: Path) -> list[int]:
    """The living processes whose working folder this is: a server's main process and its workers.

    Finds every process of our own user, and as root of every user.
    """
    wanted = str(folder.resolve())
    working = (entry for entry in _PROC.iterdir() if entry.name.isdigit() and _cwd(entry) == wanted)
    return sorted(int(entry.name) for entry in working if identity_of(int(entry.name)))


def _cwd(entry: Path) -> str | None:
    try:
        return str((entry / "cwd").readlink())
    except OSError:  # ended meanwhile, or somebody else's
        return None


def start_child(
    argv: Sequence[str],
    *,
    death_signal: signal.Signals,
    env: Mapping[str, str] | None = None,
    run_as: RunAs | None = None,
    output: IO[bytes] | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches the parent only.

    `death_signal` is what the kernel sends it when we die; `output` takes both its streams
    (None: ours). Raises `ServersError` when the program cannot be started, `RuntimeError`
    outside the main thread.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("children are started from the main thread: see the module's docstring")
    try:
        with warnings.catch_warnings():
            # Python 3.12+ warns about fork beside threads; what runs before exec takes no lock.
            warnings.simplefilter("ignore", DeprecationWarning)
            return subprocess.Popen(
                list(argv),
                env=dict(env) if env is not None else None,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                start_new_session=True,
                preexec_fn=_prepare(death_signal, run_as),  # noqa: PLW1509 - main thread, above
            )
    except (OSError, subprocess.SubprocessError) as error:
        raise ServersError(f"Cannot start {argv[0]}: {error}") from error


def _prepare(death_signal: signal.Signals, run_as: RunAs | None) -> Callable[[], None]:
    """What the child does between fork and exec; the order matters.

    Changing the user clears the death signal, so it is set last; and a parent that died before it
    was set would never be noticed, so the child looks for it afterwards.
    """
    parent = os.getpid()

    def prepare() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        if run_as is not None:
            become(run_as)
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(_ORPHANED)

    return prepare


def stop_child(
    child: subprocess.Popen[bytes], *steps: tuple[signal.Signals, float]
) -> signal.Signals | None:
    """Send each signal in turn and wait its seconds; SIGKILL ends the list.

    Returns the signal that did it, None when the child had already ended. The child is reaped, so
    its number cannot be reused between two signals.
    """
    if child.poll() is not None:
        return None
    for step, seconds in steps:
        child.send_signal(step)
        if wait_for_end(child, seconds):
            return step
    child.kill()
    child.wait()
    return signal.SIGKILL


def wait_for_end(child: subprocess.Popen[bytes], seconds: float) -> bool:
    """Whether the child ended within so many seconds."""
    try:
        child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    return True
