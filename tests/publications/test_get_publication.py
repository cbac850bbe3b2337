"""Reading a publication: anybody may, and anybody can check it."""

import hashlib
import json
from typing import Any
from uuid import UUID, uuid4

from backend.core.masking import masked_name
from backend.publications.actions import publish
from backend.publications.types import NewPublication, PublicationKind
from tests.api import Api, code_of
from tests.builders import actor_of
from tests.people import COMMUNITY, People

HASHED = ("place_code", "kind", "title", "text", "facts", "subject", "starts_at", "ends_at")


async def _published(people: People) -> UUID:
    new = NewPublication(
        place_code=COMMUNITY,
        kind=PublicationKind.AWARD,
        title="“晚间照护”立项结果",
        text="三家申报，一家立项。\n资助金额 42,000.00 元；“照护\u2028服务”",
        facts={"amount_fen": 4_200_000, "scores": [{"total": 271, "rank": 1}], "share": "1/10"},
        subject_kind="award",
        subject_id=str(uuid4()),
        days=15,
    )
    return await publish(await actor_of(people.street_officer), new)


def _recomputed(shown: dict[str, Any]) -> str:
    """What a stranger does with nothing but the answer and a JSON library."""
    content = {name: shown[name] for name in HASHED}
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


async def test_a_stranger_recomputes_the_fingerprint(api: Api, people: People) -> None:
    shown = await api.get(f"/v1/publications/{await _published(people)}")
    assert shown["facts"]["amount_fen"] == 4_200_000
    assert _recomputed(shown) == shown["sha256"]
    assert _recomputed({**shown, "title": shown["title"] + "。"}) != shown["sha256"]


async def test_who_published_it_is_named_with_a_mask(api: Api, people: People) -> None:
    shown = await api.get(f"/v1/publications/{await _published(people)}")
    name = people.street_officer.name
    assert shown["published_by"] == masked_name(name)
    assert name not in json.dumps(shown, ensure_ascii=False)


async def test_eve_reads_it_like_everybody(api: Api, people: People) -> None:
    publication_id = await _published(people)
    shown = await api.get(f"/v1/publications/{publication_id}", who=people.eve)
    assert shown == await api.get(f"/v1/publications/{publication_id}")


async def test_what_was_never_published_is_not_found(api: Api) -> None:
    assert code_of(await api.get(f"/v1/publications/{uuid4()}", expect=404)) == "not-found"
