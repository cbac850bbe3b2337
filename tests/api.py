"""A client that asks the application over HTTP as somebody, and says what came back."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from tests.people import Someone

_AUTOMATIC = "automatic"


@dataclass
class Api:
    """`await api.post(path, body, who=people.resident, expect=201)` returns the parsed JSON."""

    http: httpx.AsyncClient

    async def ask(
        self,
        method: str,
        path: str,
        *,
        who: Someone | None = None,
        body: Any = None,
        key: str | None = None,
        headers: dict[str, str] | None = None,
        params: dict[str, Any] | None = None,
    ) -> httpx.Response:
        """One request, whatever comes back."""
        sent = {**(who.bearer if who else {}), **(headers or {})}
        if key:
            sent["Idempotency-Key"] = key
        return await self.http.request(method, path, json=body, headers=sent, params=params)

    async def get(
        self, path: str, *, who: Someone | None = None, expect: int = 200, **options: Any
    ) -> Any:
        """The JSON of a read that must answer `expect`."""
        return _parsed(await self.ask("GET", path, who=who, **options), expect)

    async def post(
        self,
        path: str,
        body: Any = None,
        *,
        who: Someone | None = None,
        expect: int = 201,
        key: str | None = _AUTOMATIC,
        **options: Any,
    ) -> Any:
        """The JSON of a POST that must answer `expect`; with a fresh key unless one is given."""
        chosen = str(uuid4()) if key == _AUTOMATIC else key
        answer = await self.ask("POST", path, who=who, body=body, key=chosen, **options)
        return _parsed(answer, expect)

    async def put(
        self, path: str, body: Any, *, who: Someone, expect: int = 200, **options: Any
    ) -> Any:
        """The JSON of a PUT that must answer `expect`."""
        return _parsed(await self.ask("PUT", path, who=who, body=body, **options), expect)

    async def delete(self, path: str, *, who: Someone, expect: int = 204, **options: Any) -> Any:
        """The JSON (if any) of a DELETE that must answer `expect`."""
        return _parsed(await self.ask("DELETE", path, who=who, **options), expect)


def _parsed(answer: httpx.Response, expect: int) -> Any:
    assert answer.status_code == expect, f"{answer.status_code}, not {expect}: {answer.text}"
    return answer.json() if answer.content else None


def code_of(problem: dict[str, Any]) -> str:
    """The refusal's code of a problem document."""
    return str(problem["type"]).removeprefix("/problems/")
