"""What the supervisors tell a person when a server cannot be started."""


class ServersError(Exception):
    """One clear sentence for the person at the keyboard, and the exit code for the shell."""

    def __init__(self, message: str, *, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class AlreadyRunning(ServersError):
    """Another live process holds what we wanted to start; exit code 3.

    `pid` is that process, or None where it has not yet written its number down.
    """

    def __init__(self, message: str, *, pid: int | None) -> None:
        super().__init__(message, exit_code=3)
        self.pid = pid


class PortTaken(ServersError):
    """Another program listens on the port that was asked for; exit code 4."""

    def __init__(self, message: str) -> None:
        super().__init__(message, exit_code=4)


def quiet(_: str) -> None:
    """The progress callback of callers that want none."""
