"""Reading one's inbox: the newest first, and nobody else's."""

from typing import Any

from backend.notices.actions import tell
from backend.notices.types import NewNotice
from tests.api import Api, code_of
from tests.people import People, Someone

PATH = "/v1/me/notices"


async def _told(someone: Someone, count: int) -> list[str]:
    """So many messages, one after another; their subjects."""
    subjects = [f"s-{number}" for number in range(count)]
    for subject in subjects:
        message = NewNotice(
            topic="need",
            subject_kind="need",
            subject_id=subject,
            title_zh="有新进展",
            title_en="News",
            text_zh="您提到的事有了答复。",
            text_en="There is an answer.",
            tag=f"test:{subject}",
        )
        await tell([someone.person_id], message)
    return subjects


def _subjects(page: dict[str, Any]) -> list[str]:
    return [item["subject_id"] for item in page["items"] if item["subject_id"].startswith("s-")]


async def test_the_newest_message_stands_first(api: Api, people: People) -> None:
    await _told(people.resident, 2)
    page = await api.get(PATH, who=people.resident)
    assert _subjects(page) == ["s-1", "s-0"]
    newest = page["items"][0]
    assert (newest["title"], newest["text"]) == ("有新进展", "您提到的事有了答复。")
    assert newest["read_at"] is None


async def test_messages_are_in_the_readers_language(api: Api, people: People) -> None:
    await _told(people.resident, 1)
    page = await api.get(PATH, who=people.resident, headers={"Accept-Language": "en-GB"})
    assert (page["items"][0]["title"], page["items"][0]["text"]) == ("News", "There is an answer.")


async def test_pages_follow_one_another_without_gap_or_repeat(api: Api, people: People) -> None:
    await _told(people.resident, 5)
    seen: list[str] = []
    after = None
    while True:
        asked = {"limit": 2} | ({"after": after} if after else {})
        page = await api.get(PATH, who=people.resident, params=asked)
        seen += _subjects(page)
        after = page["next"]
        if after is None:
            break
    assert seen == ["s-4", "s-3", "s-2", "s-1", "s-0"]


async def test_unread_ones_alone_and_read_ones_alone(api: Api, people: People) -> None:
    await _told(people.resident, 2)
    page = await api.get(PATH, who=people.resident)
    await api.post(f"{PATH}/{page['items'][0]['id']}/read", who=people.resident, expect=200)
    unread = await api.get(PATH, who=people.resident, params={"unread": "true"})
    assert _subjects(unread) == ["s-0"]
    already = await api.get(PATH, who=people.resident, params={"unread": "false"})
    assert _subjects(already) == ["s-1"]


async def test_eve_sees_her_own_inbox_only(api: Api, people: People) -> None:
    await _told(people.resident, 1)
    assert _subjects(await api.get(PATH, who=people.eve)) == []


async def test_without_signing_in_there_is_no_inbox(api: Api) -> None:
    assert code_of(await api.get(PATH, expect=401)) == "not-signed-in"


async def test_a_cursor_that_nobody_gave_is_malformed(api: Api, people: People) -> None:
    problem = await api.get(PATH, who=people.resident, params={"after": "WyJhIl0"}, expect=400)
    assert code_of(problem) == "malformed-request"
