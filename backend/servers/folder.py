"""The state folder and what we make in it: modes are set on creation, nothing else is touched."""

import os
import pwd
import stat
from pathlib import Path
from typing import IO

from backend.servers.account import Account
from backend.servers.errors import ServersError

_LONGEST_LOG_BYTES = 10_000_000


def closed_mode() -> int:
    """The mode of folders that only we list: as root, servers' accounts may still pass through."""
    return 0o711 if os.geteuid() == 0 else 0o700


def require_state_dir(state_dir: Path) -> None:
    """Make the state folder if it is missing; refuse one that is not ours or cannot be written.

    As root it is made 0711, so that the servers' account can pass through (secrets in it are
    files of mode 0600); otherwise 0700. Raises `ServersError` with one sentence naming the folder.
    """
    try:
        state_dir.mkdir(parents=True)
        state_dir.chmod(closed_mode())
    except FileExistsError:
        pass
    except OSError as error:
        raise ServersError(
            f"Cannot make the state folder {state_dir} ({error.strerror}); "
            "choose another with LINLI_STATE_DIR"
        ) from error
    _require_ours(state_dir)


def _require_ours(state_dir: Path) -> None:
    try:
        status = state_dir.stat()
    except OSError as error:
        raise ServersError(f"Cannot look at the state folder {state_dir}: {error}") from error
    if not stat.S_ISDIR(status.st_mode):
        reason = "is not a folder"
    elif status.st_uid != os.geteuid():
        reason = f"belongs to {_user_name(status.st_uid)}, and we are {_user_name(os.geteuid())}"
    elif not os.access(state_dir, os.R_OK | os.W_OK | os.X_OK):
        reason = "cannot be written"
    else:
        return
    raise ServersError(f"The state folder {state_dir} {reason}; choose another: LINLI_STATE_DIR")


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def make_folder(path: Path, mode: int, owner: Account | None = None) -> None:
    """Make the folder with this mode and owner, or check that an existing one has that owner.

    Raises `ServersError` when the name is taken by a link, a file, or somebody else's folder.
    """
    uid = owner.uid if owner else os.geteuid()
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        status = path.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != uid:
            raise ServersError(f"{path} is in the way: not a folder of {_user_name(uid)}") from None
    except OSError as error:
        raise ServersError(f"Cannot make the folder {path}: {error.strerror}") from error
    else:
        if owner:
            os.chown(path, owner.uid, owner.gid)
        path.chmod(mode)


def write_private(path: Path, text: str, owner: Account | None = None) -> None:
    """Write a file of mode 0600 in one step that survives a crash: never half-written, never open.

    Raises `OSError`.
    """
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with os.fdopen(os.open(unfinished, flags, 0o600), "w", encoding="utf-8") as file:
        if owner:
            os.fchown(file.fileno(), owner.uid, owner.gid)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make renames in this folder durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def last_lines(path: Path, count: int = 3) -> str:
    """The end of a log on one line, for an error message; empty when there is none."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return " | ".join(line.strip() for line in lines[-count:])


def open_log(path: Path) -> IO[bytes]:
    """The log (mode 0600) to append to; one that grew beyond 10 MB is put aside as `.old` first."""
    if path.exists() and path.stat().st_size > _LONGEST_LOG_BYTES:
        path.replace(path.with_name(path.name + ".old"))
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
    return os.fdopen(os.open(path, flags, 0o600), "ab")
