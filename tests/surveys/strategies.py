"""Any sound questionnaire, and any answers that fit it."""

from typing import Any

from hypothesis import strategies as st

from backend.surveys.types import (
    Answer,
    MultipleQuestion,
    Option,
    Question,
    Questionnaire,
    SingleQuestion,
    TextQuestion,
)

IDS = st.integers(0, 50).map(lambda number: f"id-{number}")
WORDS = st.sampled_from(("一日三餐", "“谁”来\u2028照护？", "Evening care", '\\ " \x7f / é 😀'))


@st.composite
def options(draw: st.DrawFn) -> list[Option]:
    """Two to six options with ids of their own."""
    ids = draw(st.lists(IDS, min_size=2, max_size=6, unique=True))
    return [Option(id=one, zh=draw(WORDS), en=draw(WORDS)) for one in ids]


@st.composite
def questions(draw: st.DrawFn, question_id: str) -> Question:
    """One question of any type with this id."""
    asked: dict[str, Any] = {
        "id": question_id,
        "zh": draw(WORDS),
        "en": draw(WORDS),
        "required": draw(st.booleans()),
    }
    kind = draw(st.sampled_from((SingleQuestion, MultipleQuestion, TextQuestion)))
    if kind is TextQuestion:
        return TextQuestion(**asked, max_length=draw(st.integers(1, 30)))
    chosen = draw(options())
    if kind is SingleQuestion:
        return SingleQuestion(**asked, options=chosen)
    least = draw(st.integers(1, len(chosen)))
    most = draw(st.integers(least, len(chosen)))
    return MultipleQuestion(**asked, options=chosen, min_choices=least, max_choices=most)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """One to five questions with ids of their own."""
    ids = draw(st.lists(IDS, min_size=1, max_size=5, unique=True))
    return Questionnaire(questions=[draw(questions(one)) for one in ids])


@st.composite
def fitting(draw: st.DrawFn, questionnaire: Questionnaire) -> dict[str, Answer]:
    """Answers that fit; what need not be answered may be missing or blank."""
    answers: dict[str, Answer] = {}
    for question in questionnaire.questions:
        skipped = not question.required and draw(st.booleans())
        if not skipped:
            answers[question.id] = draw(fitting_one(question))
        elif draw(st.booleans()):
            answers[question.id] = [] if isinstance(question, MultipleQuestion) else " "
    return answers


@st.composite
def fitting_one(draw: st.DrawFn, question: Question) -> Answer:
    """An answer that its question allows."""
    if isinstance(question, TextQuestion):
        said = st.text(min_size=1, max_size=question.max_length)
        return draw(said.filter(lambda text: bool(text.strip())))
    ids = [option.id for option in question.options]
    if isinstance(question, SingleQuestion):
        return draw(st.sampled_from(ids))
    size = draw(st.integers(question.min_choices, question.max_choices))
    return draw(st.permutations(ids))[:size]


def misfits(question: Question) -> list[tuple[str, Answer | None]]:
    """Every way in which an answer misses its question: reason and answer (None: left out)."""
    found: list[tuple[str, Answer | None]] = []
    if question.required:
        blank: Answer = [] if isinstance(question, MultipleQuestion) else "  "
        found += [("answer-missing", None), ("answer-missing", blank)]
    if isinstance(question, TextQuestion):
        return [
            *found,
            ("text-expected", ["a"]),
            ("text-too-long", "字" * (question.max_length + 1)),
        ]
    ids = [option.id for option in question.options]
    if isinstance(question, SingleQuestion):
        return [*found, ("single-choice-expected", ids[:1]), ("option-unknown", "Nobody's")]
    return [*found, *_multiple_misfits(question, ids)]


def _multiple_misfits(
    question: MultipleQuestion, ids: list[str]
) -> list[tuple[str, Answer | None]]:
    found: list[tuple[str, Answer | None]] = [
        ("choices-expected", ids[0]),
        ("choice-repeated", [ids[0], ids[0]]),
        ("option-unknown", ["Nobody's"]),
    ]
    if question.min_choices > 1:
        found.append(("too-few-choices", ids[: question.min_choices - 1]))
    if question.max_choices < len(ids):
        found.append(("too-many-choices", ids[: question.max_choices + 1]))
    return found
