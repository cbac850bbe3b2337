"""Rate limits in Redis: one atomic script a question, open when Redis is away.

Litestar's own limiter lets more through than it may under parallel requests and answers 500 when
Redis is down; this one counts in a fixed window with INCRBY and PEXPIRE in one script.
"""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from backend.core.cache import current

_SCRIPT = """
local seen = redis.call('INCRBY', KEYS[1], ARGV[2])
if seen == tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {seen, redis.call('PTTL', KEYS[1])}
"""
_KNOWN_ADDRESSES = 20_000


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` requests in a window of `window_s` seconds."""

    name: str
    most: int
    window_s: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is left of a limit, and in how many seconds it starts anew."""

    allowed: bool
    remaining: int
    reset_s: int


async def count_request(limit: Limit, who: str, weight: int = 1) -> Verdict | None:
    """Count `weight` requests of `who`; None when Redis is away (then nothing is limited)."""
    cache = current()
    if cache.is_broken:
        return None
    key = f"linli:limit:{limit.name}:{who}"
    answer: Any = await cache.ask(cache.client.eval(_SCRIPT, 1, key, limit.window_s * 1000, weight))
    if answer is None:
        return None
    seen, left_ms = int(answer[0]), max(int(answer[1]), 0)
    return Verdict(seen <= limit.most, max(limit.most - seen, 0), -(-left_ms // 1000))


@dataclass(slots=True)
class _Share:
    """What one address may still do here before Redis is asked again."""

    left: int = 0
    wait_s: int = 0
    until: float = 0.0
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    def draw(self) -> int | None:
        """0 if one more may come in, seconds to wait if not, None if Redis must be asked."""
        if time.monotonic() >= self.until:
            return None
        if self.wait_s:
            return self.wait_s
        if not self.left:
            return None
        self.left -= 1
        return 0


class Shares:
    """A limit drawn in shares of a hundredth, so that most requests do not ask Redis at all.

    All processes together never let more than the limit through. A share that one of them does
    not use is lost for the window: the limit may bite a few per cent early.
    """

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._size = max(limit.most // 100, 1)
        self._shares: dict[str, _Share] = {}

    async def draw(self, who: str) -> int:
        """0 if this request of `who` may come in, else the seconds until it may be tried again."""
        share = self._shares.get(who)
        if share is None:
            if len(self._shares) >= _KNOWN_ADDRESSES:
                self._shares.clear()
            share = self._shares[who] = _Share()
        answer = share.draw()
        while answer is None:
            async with share.asking:
                answer = share.draw()
                if answer is None:
                    await self._renew(share, who)
        return answer

    async def _renew(self, share: _Share, who: str) -> None:
        verdict = await count_request(self._limit, who, self._size)
        share.left, share.wait_s, lasts_s = self._size, 0, 1
        if verdict is not None and verdict.allowed:
            lasts_s = verdict.reset_s
        elif verdict is not None:
            share.wait_s = max(verdict.reset_s, 1)
        share.until = time.monotonic() + max(lasts_s, 0.01)
