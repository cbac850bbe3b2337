"""Is a questionnaire sound, and what is its hash once it is frozen."""

import hashlib
from collections import Counter
from collections.abc import Iterator

import msgspec

from backend.core.problems import Kind, Refusal
from backend.surveys.rules.faults import NamesFaults, listed
from backend.surveys.types import Fault, MultipleQuestion, Questionnaire, TextQuestion


class QuestionnaireInvalid(NamesFaults, Refusal):
    """Questions that cannot be asked as they stand; `errors` names each with its id."""

    kind = Kind.INVALID
    code = "questionnaire-invalid"
    zh = "问卷需要修改：{faults}"
    en = "The questionnaire needs mending: {faults}"


class QuestionnaireEmpty(Refusal):
    """A survey without a question is not opened."""

    kind = Kind.CONFLICT
    code = "questionnaire-empty"
    zh = "问卷还没有题目，请先添加题目再发布。"
    en = "The questionnaire has no question yet; add one before opening."


def require_sound_questionnaire(questionnaire: Questionnaire) -> None:
    """Ids stand once, and a multiple choice can be answered with the options that it has."""
    faults = [*_repeated_questions(questionnaire)]
    for question in questionnaire.questions:
        if isinstance(question, TextQuestion):
            continue
        twice = _repeated([option.id for option in question.options])
        faults += [_repeated_option(question.id, option_id) for option_id in twice]
        if isinstance(question, MultipleQuestion):
            faults += _unfit_bounds(question)
    if faults:
        raise QuestionnaireInvalid(errors=listed(faults))


def require_questions(questionnaire: Questionnaire) -> None:
    """Refuse to open a survey that asks nothing."""
    if not questionnaire.questions:
        raise QuestionnaireEmpty


def canonical_json(questionnaire: Questionnaire) -> bytes:
    """UTF-8 JSON without spaces, keys sorted, every field written: what the hash is taken of."""
    return msgspec.json.encode(questionnaire, order="sorted")


def hash_questionnaire(questionnaire: Questionnaire) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal: anybody can check what was asked."""
    return hashlib.sha256(canonical_json(questionnaire)).hexdigest()


def _repeated(ids: list[str]) -> list[str]:
    return [found for found, times in Counter(ids).items() if times > 1]


def _repeated_questions(questionnaire: Questionnaire) -> Iterator[Fault]:
    for question_id in _repeated([question.id for question in questionnaire.questions]):
        yield Fault(
            question_id,
            "question-id-repeated",
            f"有多道题的编号都是“{question_id}”，请改成不同的编号。",
            f"Several questions have the id “{question_id}”; give each its own.",
        )


def _repeated_option(question_id: str, option_id: str) -> Fault:
    return Fault(
        question_id,
        "option-id-repeated",
        f"题目“{question_id}”有多个选项的编号都是“{option_id}”，请改成不同的编号。",
        f"Several options of “{question_id}” have the id “{option_id}”; give each its own.",
    )


def _unfit_bounds(question: MultipleQuestion) -> Iterator[Fault]:
    if not question.min_choices <= question.max_choices <= len(question.options):
        yield Fault(
            question.id,
            "choice-bounds-unfit",
            f"题目“{question.id}”共 {len(question.options)} 个选项，最少选择数不能大于最多选择数，"
            "最多选择数不能大于选项数。",
            f"“{question.id}” has {len(question.options)} options: min_choices may not exceed"
            " max_choices, nor max_choices the number of options.",
        )
