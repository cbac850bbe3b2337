"""Minding the web workers and the background worker: start, restart, stop together.

Runs in the main thread. Signals only leave a byte in a socket, which the one loop here reads:
nothing is decided in a handler, so there is nothing to race with.
"""

import signal
import socket
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from backend.servers.errors import ServersError, quiet
from backend.servers.process import start_child, stop_child

_MOST_DEATHS = 5
_WITHIN_SECONDS = 30.0
_FIRST_DELAY_SECONDS = 0.2
_LONGEST_DELAY_SECONDS = 5.0
_TICK_SECONDS = 0.25
_STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class ChildPlan:
    """One program to keep running: its name for people, its words, its whole environment.

    `death_signal` is what the kernel sends it when the supervisor is killed; SIGKILL, because
    nobody would be left to end a child that is slow to finish.
    """

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    death_signal: signal.Signals = signal.SIGKILL


class _Member:
    """One plan, its living child, and the times (monotonic seconds) of its recent deaths."""

    def __init__(self, plan: ChildPlan, say: Callable[[str], None]) -> None:
        self.plan = plan
        self._say = say
        self._child: subprocess.Popen[bytes] | None = None
        self._deaths: deque[float] = deque(maxlen=_MOST_DEATHS)
        self._start_at = 0.0

    @property
    def is_running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def look(self, now: float) -> None:
        """Note a death, and start (again) when the delay is over; raises `ServersError`."""
        if self.is_running:
            return
        if self._child is not None:
            self._note_death(self._child.returncode, now)
            self._child = None
        if now >= self._start_at:
            self._child = start_child(
                self.plan.argv, death_signal=self.plan.death_signal, env=self.plan.env
            )

    def send(self, number: signal.Signals) -> None:
        if self._child is not None:
            self._child.send_signal(number)

    def end(self) -> None:
        """SIGKILL where still needed, and reap."""
        if self._child is not None:
            stop_child(self._child)

    def _note_death(self, code: int, now: float) -> None:
        self._deaths.append(now)
        recent = sum(1 for at in self._deaths if now - at <= _WITHIN_SECONDS)
        if recent >= _MOST_DEATHS:
            raise ServersError(
                f"{self.plan.name} ended {recent} times within {_WITHIN_SECONDS:.0f} s "
                f"(last: {describe_exit(code)}); giving up, its own messages stand above"
            )
        delay = min(_FIRST_DELAY_SECONDS * 2 ** (recent - 1), _LONGEST_DELAY_SECONDS)
        self._start_at = now + delay
        self._say(
            f"{self.plan.name} ended unexpectedly ({describe_exit(code)}); again in {delay:.1f} s"
        )


def describe_exit(code: int) -> str:
    """An exit code for people: negative ones are signals, as subprocess counts."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def run_group(
    plans: Sequence[ChildPlan],
    *,
    say: Callable[[str], None] = quiet,
    each_tick: Callable[[], None] | None = None,
    stop_seconds: float = 15.0,
) -> signal.Signals:
    """Keep the children running until SIGTERM, SIGINT or SIGHUP; returns which of them came.

    A child that ends is started again after 0.2 s, then 0.4 s and so on; its fifth end within 30 s
    raises `ServersError`. `each_tick` runs about four times a second and may raise to end the
    group. On the way out, whatever the reason, every child gets SIGTERM, up to `stop_seconds`, then
    SIGKILL; a second signal shortens the wait.
    """
    members = [_Member(plan, say) for plan in plans]
    with _signals_caught() as wakeups:
        try:
            return _mind(members, wakeups, each_tick)
        finally:
            try:
                say("Stopping")
            finally:  # the terminal may be gone
                _stop(members, wakeups, stop_seconds)


class _Wakeups:
    """Signals as bytes in a socket pair: they wait there until the supervisor looks."""

    def __init__(self, reading: socket.socket, stops: frozenset[signal.Signals]) -> None:
        self._reading = reading
        self._stops = stops

    def wait(self, seconds: float) -> signal.Signals | None:
        """The stop signal that came, None when a child ended or the time is over."""
        self._reading.settimeout(max(seconds, 0.001))
        try:
            came = self._reading.recv(64)
        except TimeoutError:
            return None
        return next((number for number in self._stops if number in came), None)


def _only_wake(_number: int, _frame: FrameType | None) -> None:
    """The interpreter has written the signal's byte already."""


@contextmanager
def _signals_caught() -> Iterator[_Wakeups]:
    """Turn the stop signals and SIGCHLD into bytes; a SIGHUP that nohup ignores stays ignored."""
    stops = frozenset(n for n in _STOPS if signal.getsignal(n) is not signal.SIG_IGN)
    reading, writing = socket.socketpair()
    with reading, writing:
        writing.setblocking(False)
        before = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
        handlers = {n: signal.signal(n, _only_wake) for n in stops | {signal.SIGCHLD}}
        try:
            yield _Wakeups(reading, stops)
        finally:
            for number, handler in handlers.items():
                signal.signal(number, signal.SIG_DFL if handler is None else handler)
            signal.set_wakeup_fd(before)


def _mind(
    members: Sequence[_Member], wakeups: _Wakeups, each_tick: Callable[[], None] | None
) -> signal.Signals:
    while True:
        for member in members:
            member.look(time.monotonic())
        if each_tick is not None:
            each_tick()
        if came := wakeups.wait(_TICK_SECONDS):
            return came


def _stop(members: Sequence[_Member], wakeups: _Wakeups, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    for member in members:
        member.send(signal.SIGTERM)
    while any(member.is_running for member in members):
        left = deadline - time.monotonic()
        if left <= 0 or wakeups.wait(min(left, _TICK_SECONDS)):
            break
    for member in members:
        member.end()
