"""How long something stays public, and its fingerprint."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.publications.rules import (
    PublicationTooShort,
    canonical_content,
    content_sha256,
    require_period,
)
from backend.publications.types import NewPublication, PublicationKind

START = datetime(2026, 3, 1, 8, 30, 0, 120, tzinfo=UTC)
END = START + timedelta(days=15)
NEW = NewPublication(
    place_code="340104-L01-C01",
    kind=PublicationKind.DECISION,
    title="关于晚间照护的决定",
    text="居民代表会议表决通过。",
    facts={"yes": 20, "no": 3, "clauses": [{"b": 1, "a": "到会"}]},
    subject_kind="motion",
    subject_id="m1",
    days=15,
)


@pytest.mark.parametrize(
    ("kind", "days", "fits"),
    [
        (PublicationKind.DECISION, 14, False),
        (PublicationKind.DECISION, 15, True),
        (PublicationKind.AWARD, 14, False),
        (PublicationKind.AWARD, 15, True),
        (PublicationKind.AWARD, 30, True),
        (PublicationKind.NOTICE, 1, True),
        (PublicationKind.NOTICE, 0, False),
        (PublicationKind.DISCLOSURE, 1, True),
        (PublicationKind.DISCLOSURE, -1, False),
    ],
)
def test_decisions_and_awards_need_fifteen_days(
    kind: PublicationKind, days: int, fits: bool
) -> None:
    if fits:
        require_period(kind, days)
        return
    with pytest.raises(PublicationTooShort) as refused:
        require_period(kind, days)
    assert refused.value.facts["days"] == days


def test_the_refusal_says_how_long_and_by_which_law() -> None:
    refusal = PublicationTooShort(min_days=15, days=7)
    assert "15 天，现为 7 天" in refusal.sentence("zh-CN")
    assert "第三十四条" in refusal.sentence("zh-CN")
    assert "at least 15 days, not 7" in refusal.sentence("en")


def test_anybody_gets_the_same_bytes_with_an_ordinary_json_library() -> None:
    content = {
        "title": NEW.title,
        "text": NEW.text,
        "facts": NEW.facts,
        "kind": "decision",
        "place_code": NEW.place_code,
        "subject": {"kind": "motion", "id": "m1"},
        "starts_at": "2026-03-01T08:30:00.000120Z",
        "ends_at": "2026-03-16T08:30:00.000120Z",
    }
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert canonical_content(NEW, START, END) == plain.encode()
    assert content_sha256(NEW, START, END) == hashlib.sha256(plain.encode()).hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        {"title": "关于晚间照护的决定 "},
        {"text": "居民代表会议表决未通过。"},
        {"facts": {**NEW.facts, "yes": 21}},
        {"kind": PublicationKind.AWARD},
        {"place_code": "340104-L01-C02"},
        {"subject_kind": "award"},
        {"subject_id": "m2"},
    ],
)
def test_any_change_of_content_changes_the_fingerprint(change: dict[str, Any]) -> None:
    assert content_sha256(replace(NEW, **change), START, END) != content_sha256(NEW, START, END)


def test_a_moved_period_changes_the_fingerprint() -> None:
    later = timedelta(microseconds=1)
    known = content_sha256(NEW, START, END)
    assert content_sha256(NEW, START + later, END) != known
    assert content_sha256(NEW, START, END + later) != known


@given(
    st.dictionaries(
        st.text("abyzAZ_09", max_size=8),
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers(-(2**53), 2**53)
            | st.text('照护ab 9"\\', max_size=8),
            lambda inner: st.lists(inner, max_size=3),
            max_leaves=6,
        ),
        max_size=5,
    )
)
def test_the_order_of_facts_does_not_matter(facts: dict[str, Any]) -> None:
    turned = dict(reversed(facts.items()))
    assert content_sha256(replace(NEW, facts=facts), START, END) == content_sha256(
        replace(NEW, facts=turned), START, END
    )
