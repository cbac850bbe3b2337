"""The measured doors: for each, one endless row of requests a connection."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache, lru_cache
from itertools import cycle
from uuid import UUID, uuid4

from backend.core.tokens import CODE_STEP_S, rotating_code
from backend.volunteers.rules import code_event
from backend.volunteers.types import Direction
from tests.bench.load import request_bytes
from tests.bench.town import Town
from tests.people import Someone

Requests = Iterator[bytes]
_CHOICES = cycle((b'{"choice":"yes"}', b'{"choice":"no"}', b'{"choice":"abstain"}'))


def hello(connections: int) -> list[Requests]:
    """The yardstick."""
    return [cycle([request_bytes("GET", "/health/ready", {})]) for _ in range(connections)]


def me_read(town: Town, connections: int) -> list[Requests]:
    """Everybody reads her own account."""
    return [
        cycle([request_bytes("GET", "/v1/me", who.bearer) for who in mine])
        for mine in _dealt(town, connections)
    ]


def ballot_named(town: Town, connections: int) -> list[Requests]:
    """Everybody votes, and votes again with a fresh key."""
    path = f"/v1/motions/{town.motion_id}/ballots"
    return [_ballots(path, mine) for mine in _dealt(town, connections)]


def check_in(town: Town, connections: int) -> list[Requests]:
    """Everybody checks in to a shift, out of it, in to the next; one person at a time."""
    return [_scans(town, frozenset(mine)) for mine in _dealt(town, connections)]


def _dealt(town: Town, connections: int) -> list[tuple[Someone, ...]]:
    """A person belongs to one connection."""
    return [town.people[number::connections] for number in range(connections)]


def _write(path: str, who: Someone, body: bytes) -> bytes:
    return request_bytes("POST", path, {**_bearer(who), "Idempotency-Key": uuid4().hex}, body)


@cache
def _bearer(who: Someone) -> dict[str, str]:
    return who.bearer


def _ballots(path: str, voters: tuple[Someone, ...]) -> Requests:
    for voter in cycle(voters):
        yield _write(path, voter, next(_CHOICES))


def _scans(town: Town, mine: frozenset[Someone]) -> Requests:
    for shift, seated in town.shifts:
        path = f"/v1/shifts/{shift}/check-ins"
        for who in seated:
            if who in mine:
                for direction in (Direction.IN, Direction.OUT):
                    yield _write(path, who, _scan(shift, direction))


def _scan(shift: UUID, direction: Direction) -> bytes:
    step = int(time.time()) // CODE_STEP_S
    return f'{{"code":"{_code(shift, direction, step)}","direction":"{direction}"}}'.encode()


@lru_cache(maxsize=1024)
def _code(shift: UUID, direction: Direction, step: int) -> str:
    """What the screen shows; the bench's database keeps the machine's own time."""
    at = datetime.fromtimestamp(step * CODE_STEP_S, UTC)
    return rotating_code(code_event(shift, direction), at)
