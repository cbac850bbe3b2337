"""Tokens: genuine ones are read, none of thousands of altered ones is, and time ends them."""

import random
import string
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from backend.core.sealing import load_ring, use_ring
from backend.core.tokens import (
    code_valid_until,
    hash_secret,
    is_rotating_code,
    is_stream_ticket,
    new_access_token,
    new_refresh_token,
    new_secret,
    new_stream_ticket,
    read_access_token,
    read_refresh_token,
    rotating_code,
)
from tests.servers_of_the_run import Servers

AT = datetime(2026, 3, 1, 8, 0, 0, tzinfo=UTC)
SIGNS = string.ascii_letters + string.digits + "-_+/=. "


@pytest.fixture(autouse=True)
def ring(servers: Servers) -> None:
    use_ring(load_ring(servers.secrets_file))


def mutations(genuine: str, how_many: int) -> Iterator[str]:
    """Altered, shortened and lengthened spellings of a token; none is the genuine one."""
    for place in range(len(genuine)):
        for sign in (*"AQgw-_+/=", chr(ord(genuine[place]) ^ 1)):
            yield genuine[:place] + sign + genuine[place + 1 :]
        yield genuine[:place] + genuine[place + 1 :]
    dice = random.Random(7)
    for _ in range(how_many):
        spelled = list(genuine)
        for _ in range(dice.randint(1, 3)):
            place = dice.randrange(len(spelled))
            spelled[place] = dice.choice(SIGNS)
        yield "".join(spelled) + dice.choice(["", "", "=", "A", "\n"])


def test_an_access_token_says_whose_it_is_and_when_it_ends() -> None:
    session_id = uuid4()
    token, ends = new_access_token(session_id, AT)
    found = read_access_token(token)
    assert found is not None
    assert (found.session_id, found.expires_at) == (session_id, ends)
    assert ends - AT == timedelta(minutes=15)


def test_no_altered_access_token_is_accepted() -> None:
    genuine, _ = new_access_token(uuid4(), AT)
    altered = {one for one in mutations(genuine, 2000) if one != genuine}
    assert len(altered) > 2000
    assert not [one for one in altered if read_access_token(one)]


@pytest.mark.parametrize("text", ["", ".", "..", "lla..", "lla.a.b", "ll\udc80.a.b", "é.é.é"])
def test_what_is_no_token_is_none(text: str) -> None:
    assert read_access_token(text) is None
    assert read_refresh_token(text) is None
    assert not is_stream_ticket(text, "meeting:1", AT)


def test_no_altered_refresh_token_is_accepted() -> None:
    session_id = uuid4()
    genuine = new_refresh_token(session_id)
    assert read_refresh_token(genuine) == session_id
    assert new_refresh_token(session_id) != genuine
    altered = [one for one in mutations(genuine, 2000) if one != genuine]
    assert not [one for one in altered if read_refresh_token(one)]


def test_one_kind_of_token_is_not_another() -> None:
    ticket, _ = new_stream_ticket("meeting:1", AT)
    refresh = new_refresh_token(uuid4())
    access, _ = new_access_token(uuid4(), AT)
    assert read_access_token(f"lla.{ticket}") is None
    assert read_access_token(f"lla.{refresh}") is None
    assert read_refresh_token(access.removeprefix("lla.")) is None
    assert read_refresh_token(ticket) is None


def test_a_stream_ticket_opens_one_topic_for_sixty_seconds() -> None:
    ticket, ends = new_stream_ticket("meeting:1", AT)
    assert ends - AT == timedelta(seconds=60)
    assert is_stream_ticket(ticket, "meeting:1", AT)
    assert is_stream_ticket(ticket, "meeting:1", AT + timedelta(seconds=60))
    assert not is_stream_ticket(ticket, "meeting:1", AT + timedelta(seconds=61))
    assert not is_stream_ticket(ticket, "meeting:2", AT)
    assert not is_stream_ticket(ticket, "meeting:", AT)


def test_no_altered_ticket_opens_anything() -> None:
    genuine, _ = new_stream_ticket("meeting:1", AT)
    altered = [one for one in mutations(genuine, 2000) if one != genuine]
    assert not [one for one in altered if is_stream_ticket(one, "meeting:1", AT)]


@pytest.mark.parametrize(
    ("after_s", "accepted"),
    [(0, True), (9, True), (19, True), (19.999, True), (20, False), (21, False), (60, False),
     (-1, False), (-60, False), (86_400, False)],
)  # fmt: skip
def test_a_code_lives_twenty_seconds_from_when_it_appears(after_s: float, accepted: bool) -> None:
    code = rotating_code("shift|1|in", AT)
    assert is_rotating_code(code, "shift|1|in", AT + timedelta(seconds=after_s)) is accepted


def test_a_code_is_of_one_event_and_direction() -> None:
    code = rotating_code("shift|1|in", AT)
    assert not is_rotating_code(code, "shift|1|out", AT)
    assert not is_rotating_code(code, "shift|2|in", AT)
    assert len(code) == 22


def test_no_altered_code_is_accepted() -> None:
    genuine = rotating_code("shift|1|in", AT)
    altered = [one for one in mutations(genuine, 10_000) if one != genuine]
    assert not [one for one in altered if is_rotating_code(one, "shift|1|in", AT)]
    assert not is_rotating_code("\udc80" * 22, "shift|1|in", AT)


def test_the_screen_knows_when_the_code_changes() -> None:
    for second in range(20):
        at = AT + timedelta(seconds=second, milliseconds=500)
        ends = code_valid_until(at)
        assert 0 < (ends - at).total_seconds() <= 10
        assert rotating_code("e", at) == rotating_code("e", ends - timedelta(milliseconds=1))
        assert rotating_code("e", at) != rotating_code("e", ends)


def test_secrets_are_long_and_stored_as_their_hash() -> None:
    secret = new_secret()
    assert len(secret) == 43
    assert hash_secret(secret) == hash_secret(secret)
    assert secret.encode() not in hash_secret(secret)
    assert len({new_secret() for _ in range(1000)}) == 1000
