"""The stage: players who ask over HTTP, a narrator, and Eve who tries every door."""

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import uuid4

import click
import httpx

from backend.cli.story.record import Recording

T = TypeVar("T")

AT_ONCE = 12
"""How many phones ask at the same moment."""


class StoryError(Exception):
    """The system did not do what the story says; the message says at which step."""


@dataclass
class Player:
    """Somebody with a session; tokens are refreshed when the demo clock outlived them."""

    name: str
    title: str
    account: dict[str, Any]
    access: str
    refresh: str
    again: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def person_id(self) -> str:
        """The person behind the account."""
        return str(self.account["person_id"])

    @property
    def roles(self) -> set[str]:
        """The roles at sign-in."""
        return {role["role"] for role in self.account["roles"]}

    def __str__(self) -> str:
        return f"{self.title} {self.name}"


@dataclass
class Screen:
    """A live stream that is being watched."""

    lines: AsyncIterator[str]
    last: str = ""

    async def next_snapshot(self) -> dict[str, Any]:
        """The next snapshot, waited for at most ten seconds."""
        async with asyncio.timeout(10):
            async for line in self.lines:
                if line.startswith("data: "):
                    self.last = line
                    return dict(json.loads(line.removeprefix("data: ")))
        raise StoryError("the live stream ended")


@dataclass
class Stage:
    """Where the story is played: the address, the players, what was seen so far."""

    http: httpx.AsyncClient
    eve: Player | None = None
    keeper: Player | None = None
    recording: Recording | None = None
    eve_refused: int = 0
    figures: dict[str, Any] = field(default_factory=dict)
    _gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    def say(self, line: str) -> None:
        """Tell one line."""
        click.echo(f"  {line}")

    def act(self, number: int, title: str) -> None:
        """Open an act."""
        click.echo(click.style(f"\n{number}. {title}", bold=True))

    async def send(
        self, player: Player | None, method: str, path: str, body: Any, key: str | None
    ) -> httpx.Response:
        """One request as `player`, signed in anew when the token has ended."""
        answer = await self._once(player, method, path, body, key)
        if answer.status_code == 401 and player is not None:
            await self._refresh(player, answer.request)
            answer = await self._once(player, method, path, body, key)
        return answer

    async def _once(
        self, player: Player | None, method: str, path: str, body: Any, key: str | None
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {player.access}"} if player else {}
        if key:
            headers["Idempotency-Key"] = key
        async with self._gate:
            answer = await self.http.request(method, path, json=body, headers=headers)
        if self.recording is not None:
            self.recording.see(answer.request, answer)
        return answer

    async def _refresh(self, player: Player, failed: httpx.Request) -> None:
        """Trade the refresh token, once for all requests that found the access token ended."""
        async with player.again:
            if failed.headers["authorization"] != f"Bearer {player.access}":
                return
            answer = await self._once(
                None, "POST", "/v1/sessions/refresh", {"refresh_token": player.refresh}, None
            )
            _require(answer, 200, f"{player} refreshes her sign-in")
            tokens = answer.json()
            player.access, player.refresh = tokens["access_token"], tokens["refresh_token"]

    async def ask(
        self,
        player: Player,
        method: str,
        path: str,
        body: Any = None,
        *,
        expect: int | None = None,
        key: str | None = None,
    ) -> Any:
        """The JSON of an answer that must come with `expect` (default 200, 201 for POST)."""
        wanted = expect or (201 if method == "POST" else 200)
        sent_key = key or (str(uuid4()) if method == "POST" else None)
        answer = await self.send(player, method, path, body, sent_key)
        _require(answer, wanted, f"{player}: {method} {path}")
        return answer.json() if answer.content else None

    async def eve_tries(self, method: str, path: str, body: Any = None) -> None:
        """Eve from another community must be refused or find nothing."""
        if self.eve is None:
            raise StoryError("Eve is not on stage")
        key = str(uuid4()) if method == "POST" else None
        answer = await self.send(self.eve, method, path, body, key)
        if answer.status_code not in (403, 404):
            raise StoryError(f"Eve got {answer.status_code} from {method} {path}: {answer.text}")
        self.eve_refused += 1

    @asynccontextmanager
    async def watching(self, topic: str, path: str, player: Player) -> AsyncIterator[Screen]:
        """Watch a live stream (SSE) with a ticket, as the screen in the hall does."""
        asked = await self.ask(player, "POST", "/v1/stream-tickets", {"topic": topic})
        url = f"{path}?ticket={asked['ticket']}"
        async with self.http.stream("GET", url) as answer:
            if answer.status_code != 200:
                raise StoryError(f"the live stream answers {answer.status_code}")
            screen = Screen(answer.aiter_lines())
            yield screen
            if self.recording is not None:
                self.recording.see_stream(path, screen.last)

    async def now(self) -> datetime:
        """The time by which everything is judged."""
        answer = await self.send(None, "GET", "/v1/clock", None, None)
        return datetime.fromisoformat(answer.json()["now"])

    async def advance(self, step: timedelta, why: str) -> None:
        """Move the demo clock forward and say so."""
        if self.keeper is None:
            raise StoryError("nobody on stage may move the clock")
        body = {"step": f"{int(step.total_seconds())}s"}
        moved = await self.ask(self.keeper, "POST", "/v1/clock/advances", body)
        self.say(f"[the demo clock moves by {step} to {moved['now'][:16]}: {why}]")

    async def advance_to(
        self, moment: str, *, before: timedelta | None = None, after: timedelta | None = None
    ) -> None:
        """Move the demo clock to shortly before or after a moment."""
        goal = datetime.fromisoformat(moment) - (before or timedelta()) + (after or timedelta())
        step = goal - await self.now()
        if step > timedelta(seconds=1):
            await self.advance(step, "the hour has come")

    async def all_of(self, work: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
        """Let many ask at once."""
        return list(await asyncio.gather(*work))


def _require(answer: httpx.Response, wanted: int, step: str) -> None:
    if answer.status_code != wanted:
        raise StoryError(f"{step}: {answer.status_code}, not {wanted}: {answer.text}")


def require(fact: bool, sentence: str) -> None:
    """Stop the story where the system shows something else than it should."""
    if not fact:
        raise StoryError(sentence)


def yuan(fen: int) -> str:
    """Money for a reader: 500000 → 5,000.00 yuan."""
    return f"{fen // 100:,}.{fen % 100:02d} yuan"
