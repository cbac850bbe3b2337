"""Recording the story: one true request and answer of every operation, for the contract."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import msgspec

MOST_ITEMS = 2
_SECRET = {
    "access_token": "lla.AZ…",
    "refresh_token": "Kx2…(43 characters)…",
    "ticket": "MTc2…",
    "code": "Zq3…",
    "link": "https://linli.example/check-in#Zq3…",
}
_METHODS = ("get", "post", "put", "patch", "delete")


@dataclass
class Recording:
    """What was seen of each operation; the first answer that went well is kept."""

    operations: list[tuple[str, re.Pattern[str], str]]
    examples: dict[str, dict[str, Any]] = field(default_factory=dict)

    def see(self, request: httpx.Request, answer: httpx.Response) -> None:
        """Keep this exchange if it is the first good one of its operation."""
        operation = self._operation(request.method, request.url.path)
        if operation is None or operation in self.examples or answer.status_code >= 400:
            return
        self.examples[operation] = {
            "request": _shown(_json(request.content)),
            "response": _shown(_json(answer.content, answer.headers.get("content-type"))),
            "status": answer.status_code,
        }

    def see_stream(self, path: str, message: str) -> None:
        """Keep one message of a live stream as the answer of its operation."""
        operation = self._operation("GET", path)
        if operation is not None:
            shown = f"event: snapshot\n{message}\n\n"
            self.examples[operation] = {"request": None, "response": shown, "status": 200}

    @property
    def missing(self) -> list[str]:
        """The operations that nobody used."""
        return sorted({name for _, _, name in self.operations} - set(self.examples))

    def write(self, file: Path) -> None:
        """Write the examples, sorted."""
        ordered = {name: self.examples[name] for name in sorted(self.examples)}
        text = msgspec.json.format(msgspec.json.encode(ordered), indent=1)
        file.write_bytes(text + b"\n")

    def _operation(self, method: str, path: str) -> str | None:
        for known, pattern, name in self.operations:
            if known == method and pattern.fullmatch(path):
                return name
        return None


async def recording_of(http: httpx.AsyncClient) -> Recording:
    """A recording that knows the operations of a running Linli; literal paths come first."""
    document = (await http.get("/schema/openapi.json")).json()
    found = [
        (method.upper(), _pattern(path), details["operationId"])
        for path, item in sorted(document["paths"].items(), key=lambda pair: pair[0].count("{"))
        for method, details in item.items()
        if method in _METHODS
    ]
    return Recording(found)


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(path)))


def _json(content: bytes, media_type: str | None = "application/json") -> Any:
    if not content or "json" not in (media_type or ""):
        return content.decode()[:300] or None
    return msgspec.json.decode(content)


def _shown(value: Any, key: str = "") -> Any:
    """The value with long lists cut and secrets replaced."""
    if isinstance(value, dict):
        return {name: _shown(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_shown(inner) for inner in value[:MOST_ITEMS]]
    return _SECRET.get(key, value) if isinstance(value, str) and not _is_word(value) else value


def _is_word(value: str) -> bool:
    """A kebab-case word such as a finding's code is no secret."""
    return bool(re.fullmatch(r"[a-z][a-z0-9_-]{0,60}|\d{6}", value))
