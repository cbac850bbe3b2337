"""Keeping a second run out: a kernel lock that dies with its holder, and a note saying who it is.

The lock decides; the note only explains. So a killed run never needs cleaning up after.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from backend.servers.errors import AlreadyRunning, ServersError
from backend.servers.folder import require_state_dir, write_private


class FileLock:
    """An exclusive lock on a file, held until released or until this process ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> bool:
        """Take the lock without waiting; False when another process (or lock object) holds it."""
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
        descriptor = os.open(self._path, flags, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let the lock go; nothing happens when it was not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def holder(self) -> int | None:
        """The number of the process that took the lock last, None when not written."""
        try:
            return int(self._path.read_text())
        except (OSError, ValueError):
            return None


def is_held(path: Path) -> bool:
    """Whether somebody holds the lock on this file now."""
    if not path.exists():
        return False
    lock = FileLock(path)
    taken = lock.take()
    lock.release()
    return not taken


@dataclass(frozen=True, slots=True)
class Run:
    """One running Linli: `address` is its http:// address, `since` an ISO 8601 time with zone."""

    pid: int
    address: str
    since: str


def find_run(state_dir: Path) -> Run | None:
    """The Linli that runs on this state folder now, None when there is none."""
    if not is_held(state_dir / "run.lock"):
        return None
    return _read_note(state_dir)


def _read_note(state_dir: Path) -> Run | None:
    try:
        return Run(**json.loads((state_dir / "run.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


@contextmanager
def hold_run_lock(state_dir: Path, address: str, *, at: datetime) -> Iterator[Run]:
    """Be the one Linli on this state folder, from `at` until the block ends.

    Raises `AlreadyRunning` naming the other's address, pid and start; `ServersError` when the
    folder is not ours or cannot be written.
    """
    require_state_dir(state_dir)
    lock = FileLock(state_dir / "run.lock")
    try:
        taken = lock.take()
    except OSError as error:
        raise ServersError(f"Cannot write in the state folder {state_dir}: {error}") from error
    if not taken:
        raise _already_running(state_dir, lock.holder())
    run = Run(os.getpid(), address, at.isoformat(timespec="seconds"))
    note = state_dir / "run.json"
    try:
        write_private(note, json.dumps(asdict(run)) + "\n")
        yield run
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def _already_running(state_dir: Path, holder: int | None) -> AlreadyRunning:
    run = _read_note(state_dir)
    if run is None or run.pid != holder:
        return AlreadyRunning(
            f"Linli is already starting on {state_dir} (pid {holder})", pid=holder
        )
    return AlreadyRunning(
        f"Linli is already running at {run.address} (pid {run.pid}) since {run.since}", pid=run.pid
    )
