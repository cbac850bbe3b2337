"""The unprivileged user that servers run as when we are root.

PostgreSQL refuses to run as root. The account may be unable to reach a clone or state folder below
a 0700 folder such as /root; then the server gets one ambient capability, CAP_DAC_READ_SEARCH (read
and search any folder), and no permission of a folder that we did not make is ever changed.
"""

import ctypes
import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from backend.servers.errors import ServersError

_LIBC = ctypes.CDLL(None, use_errno=True)
_PR_GET_SECUREBITS, _PR_SET_SECUREBITS = 27, 28
_SECBIT_NO_SETUID_FIXUP = 1 << 2
_PR_SET_NO_NEW_PRIVS = 38
_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE = 47, 2
_CAP_DAC_READ_SEARCH = 2
_CAPABILITY_VERSION_3 = 0x20080522


@dataclass(frozen=True, slots=True)
class Account:
    """A user of this machine, from /etc/passwd."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class RunAs:
    """Who a child becomes, and whether it may read and search every folder."""

    account: Account
    reads_everything: bool


def unprivileged_account(*names: str) -> Account | None:
    """The first of these users that exists; None when we are not root and stay who we are.

    Raises `ServersError` when we are root and none of them exists.
    """
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in names:
        if entry := known.get(name):
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise ServersError(
        f"Servers do not run as root, and there is no user {' or '.join(names)} here"
    )


def may_enter(account: Account, folder: Path) -> bool:
    """Whether the account may search the folder and all above it (mode bits; ACLs are not read)."""
    return all(_allows(account, place, 0o1) for place in (folder, *folder.parents))


def may_run(account: Account, program: Path) -> bool:
    """Whether the account may execute the file itself, its folders aside."""
    return _allows(account, program, 0o5)


def _allows(account: Account, path: Path, bits: int) -> bool:
    status = path.stat()
    shift = 6 if status.st_uid == account.uid else 3 if status.st_gid == account.gid else 0
    return (status.st_mode >> shift) & bits == bits


def can_grant_reading() -> bool:
    """Whether this process holds CAP_DAC_READ_SEARCH and may hand it on (Docker takes it away)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    masks = [int(line.split()[1], 16) for line in lines if line.startswith(("CapPrm", "CapBnd"))]
    return all(mask & (1 << _CAP_DAC_READ_SEARCH) for mask in masks)


def run_as(account: Account | None, *folders: Path) -> RunAs | None:
    """How to start a server that works in these folders; None means as ourselves.

    Raises `ServersError` when the account cannot reach one of them and we may not help it.
    """
    if account is None:
        return None
    closed = [folder for folder in folders if not may_enter(account, folder)]
    if closed and not can_grant_reading():
        raise ServersError(
            f"The user {account.name}, which the servers run as, cannot reach {closed[0]}; "
            "choose a folder that it can reach with LINLI_STATE_DIR=/var/lib/linli"
        )
    return RunAs(account, reads_everything=bool(closed))


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def become(who: RunAs) -> None:
    """Turn this process into the account for good; only for a child between fork and exec.

    Raises `OSError`. With `reads_everything` exactly one capability stays, otherwise none.
    """
    if who.reads_everything:
        _keep_capabilities()
    os.setgroups([])
    os.setgid(who.account.gid)
    os.setuid(who.account.uid)
    if who.reads_everything:
        _keep_reading()
    _require(_LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))


def _keep_capabilities() -> None:
    """Let capabilities outlive the change of user, until `_keep_reading` takes all but one.

    PR_SET_KEEPCAPS would not do: access(2), with which PostgreSQL looks for its own binaries,
    then still ignores the capability.
    """
    bits = _LIBC.prctl(_PR_GET_SECUREBITS, 0, 0, 0, 0)
    _require(_LIBC.prctl(_PR_SET_SECUREBITS, bits | _SECBIT_NO_SETUID_FIXUP, 0, 0, 0))


def _keep_reading() -> None:
    mask = 1 << _CAP_DAC_READ_SEARCH
    header = _Header(_CAPABILITY_VERSION_3, 0)
    sets = (_Sets * 2)(_Sets(mask, mask, mask), _Sets(0, 0, 0))
    _require(_LIBC.capset(ctypes.byref(header), ctypes.byref(sets)))
    _require(_LIBC.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, _CAP_DAC_READ_SEARCH, 0, 0))


def _require(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
