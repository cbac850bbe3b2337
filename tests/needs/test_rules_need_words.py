"""What those who named a need are told."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.needs.rules import VoiceNotResident, answered_step, message_of, require_residents
from backend.needs.types import CATEGORY_NAMES, NeedCategory, SourceKind, Step


def test_a_message_says_what_happened_and_what_comes_next() -> None:
    message = message_of(
        "晚间照护",
        SourceKind.SURVEY,
        Step.CALL_OPENED,
        "“邻里微创投”征集到 3 月 31 日截止",
        "The call closes on 31 March",
    )
    assert message.title_zh == "“晚间照护”有新进展：项目征集"
    assert message.text_zh == (
        "您在问卷里提到的“晚间照护”已进入公益项目征集。“邻里微创投”征集到 3 月 31 日截止。"
        "社会组织正在报方案，评审以后会公布由谁来做。"
    )
    assert message.text_en == (
        "“晚间照护”, which you named in the survey, is now part of a call for projects."
        " The call closes on 31 March. Organisations are sending their plans; after the review"
        " you will hear who does the work."
    )


@pytest.mark.parametrize("source", SourceKind)
@pytest.mark.parametrize("step", Step)
def test_every_step_and_source_reads_as_whole_sentences(source: SourceKind, step: Step) -> None:
    message = message_of("电梯异响", source, step, "", "")
    assert message.text_zh.startswith("您")
    assert message.text_zh.endswith("。")
    assert message.text_en.endswith(".")
    assert message.text_zh.count("“电梯异响”") == message.text_en.count("“电梯异响”") == 1
    for doubled in ("。。", "..", "  ", ". ."):
        assert doubled not in message.text_zh + message.text_en


@pytest.mark.parametrize(
    ("said", "read"),
    [("好", "好。"), ("好。", "好。"), (" 好。。 ", "好。"), ("好吗？", "好吗？"), (" 。 ", "")],
)
def test_what_a_room_says_ends_with_one_stop(said: str, read: str) -> None:
    message = message_of("路灯", SourceKind.MEETING, Step.DELIVERED, said, said)
    assert message.text_zh == (
        f"您在会上提到的“路灯”已经落实。{read}做得好不好您说了算，欢迎把感受告诉我们。"
    )


def test_support_promises_no_meeting_for_no_rule_calls_one() -> None:
    message = message_of("电梯异响", SourceKind.VISIT, Step.TOPIC_PROPOSED, "", "")
    assert "安排开会" not in message.text_zh
    assert "calls a meeting" not in message.text_en


@given(st.text(max_size=300))
def test_titles_always_fit_the_inbox(title: str) -> None:
    message = message_of(title, SourceKind.VISIT, Step.DECIDED, "", "")
    assert max(len(message.title_zh), len(message.title_en)) <= 200


def test_an_answer_links_to_what_answers() -> None:
    step = answered_step("晚间照护", "project", "p-1")
    assert (step.step, step.ref_kind, step.ref_id) == (Step.ANSWERED, "project", "p-1")
    assert "晚间照护" in step.text_zh


def test_strangers_are_counted_not_named() -> None:
    resident, stranger = UUID(int=1), UUID(int=2)
    require_residents([resident], [resident])
    with pytest.raises(VoiceNotResident) as refused:
        require_residents([resident, stranger, stranger], [resident])
    assert refused.value.facts == {"count": 1}


def test_every_category_has_a_name_in_both_languages() -> None:
    assert set(CATEGORY_NAMES) == set(NeedCategory)
    assert all(zh and en for zh, en in CATEGORY_NAMES.values())
