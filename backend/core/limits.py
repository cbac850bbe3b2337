"""Rate limits in Redis: one atomic script a request, open when Redis is away.

Litestar's own limiter lets more through than it may under parallel requests and answers 500 when
Redis is down; this one counts in a fixed window with INCR and EXPIRE in one script.
"""

from dataclasses import dataclass
from typing import Any

from backend.core.cache import current

_SCRIPT = """
local seen = redis.call('INCR', KEYS[1])
if seen == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {seen, redis.call('PTTL', KEYS[1])}
"""


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


async def count_request(limit: Limit, who: str) -> Verdict | None:
    """Count one request of `who`; None when Redis is away (then nothing is limited)."""
    cache = current()
    if cache.is_broken:
        return None
    key = f"linli:limit:{limit.name}:{who}"
    answer: Any = await cache.ask(cache.client.eval(_SCRIPT, 1, key, limit.window_s * 1000))
    if answer is None:
        return None
    seen, left_ms = int(answer[0]), max(int(answer[1]), 0)
    return Verdict(seen <= limit.most, max(limit.most - seen, 0), -(-left_ms // 1000))
