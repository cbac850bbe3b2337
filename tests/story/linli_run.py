"""A whole Linli, started the way `make run` does it, in a state folder of its own."""

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from backend.servers.ports import free_port

UP_WITHIN_S = 90.0


@dataclass
class LinliRun:
    """`linli serve` in a subprocess; `said` is what it told its terminal so far."""

    state_dir: Path
    port: int = field(default_factory=free_port)
    child: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_running(self) -> bool:
        return self.child is not None and self.child.poll() is None

    @property
    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
        return {
            **kept,
            "LINLI_STATE_DIR": str(self.state_dir),
            "LINLI_PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }

    @property
    def _terminal(self) -> Path:
        return self.state_dir.with_suffix(".terminal")

    @property
    def said(self) -> str:
        return self._terminal.read_text()

    def start(self) -> float:
        """Start and wait until it says that it is up; returns the seconds it says it took."""
        with self._terminal.open("w") as terminal:
            self.child = subprocess.Popen(
                [sys.executable, "-m", "backend.cli", "serve"],
                env=self.env,
                stdout=terminal,
                stderr=subprocess.STDOUT,
                text=True,
            )
        until = time.monotonic() + UP_WITHIN_S
        while time.monotonic() < until:
            if up := re.search(r"Linli is up after ([0-9.]+) s", self.said):
                return float(up[1])
            assert self.child.poll() is None, self.said
            time.sleep(0.1)
        raise TimeoutError(self.said)

    def linli(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run another `linli` command on the same state folder."""
        return subprocess.run(
            [sys.executable, "-m", "backend.cli", *words],
            env=self.env,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; returns the exit code."""
        assert self.child is not None
        self.child.send_signal(number)
        return self.child.wait(30)

    def processes(self) -> list[int]:
        """The living processes that have this run's state folder in their environment or words."""
        needle = str(self.state_dir).encode()
        found = []
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit() or int(folder.name) == os.getpid():
                continue
            try:
                words = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
                state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if needle in words and state != "Z":
                found.append(int(folder.name))
        return found
