"""Do the answers fit the questions: every misfit is named at once, with the way to mend it."""

from collections.abc import Iterator

from backend.core.problems import Kind, Refusal
from backend.surveys.rules.faults import NamesFaults, listed
from backend.surveys.types import (
    Answer,
    Answers,
    ChoiceQuestion,
    Fault,
    MultipleQuestion,
    Question,
    Questionnaire,
    SingleQuestion,
    TextQuestion,
)


class AnswersInvalid(NamesFaults, Refusal):
    """Answers that do not fit their questions; `errors` names each question and the way out."""

    kind = Kind.INVALID
    code = "answers-invalid"
    zh = "有些题目需要修改：{faults}"
    en = "Some answers need mending: {faults}"


def require_valid_answers(questionnaire: Questionnaire, answers: Answers) -> None:
    """Each required question is answered, and each answer is one that its question allows."""
    given = without_blanks(answers)
    faults = [*_unasked(questionnaire, answers)]
    for number, question in enumerate(questionnaire.questions, start=1):
        answer = given.get(question.id)
        found = _unanswered(question) if answer is None else _misfit(question, answer)
        if found is not None:
            reason, zh, en = found
            faults.append(Fault(question.id, reason, f"第 {number} 题{zh}", f"Q{number}: {en}"))
    if faults:
        raise AnswersInvalid(errors=listed(faults))


def without_blanks(answers: Answers) -> dict[str, Answer]:
    """The answers that say something: no blank text, no empty choice."""
    return {question_id: answer for question_id, answer in answers.items() if _says(answer)}


Misfit = tuple[str, str, str] | None
"""Reason, and the rest of the sentence in Chinese and English."""


def _says(answer: Answer) -> bool:
    return bool(answer.strip() if isinstance(answer, str) else answer)


def _unasked(questionnaire: Questionnaire, answers: Answers) -> Iterator[Fault]:
    asked = {question.id for question in questionnaire.questions}
    for question_id in answers:
        if question_id not in asked:
            yield Fault(
                question_id,
                "question-unknown",
                f"问卷中没有题目“{question_id}”，请刷新问卷后再填。",
                f"There is no question “{question_id}”; reload the survey.",
            )


def _unanswered(question: Question) -> Misfit:
    if not question.required:
        return None
    return "answer-missing", "是必答题，请作答。", "this question needs an answer."


def _misfit(question: Question, answer: Answer) -> Misfit:
    if isinstance(question, TextQuestion):
        return _text_misfit(question, answer)
    if isinstance(question, SingleQuestion):
        return _single_misfit(question, answer)
    return _multiple_misfit(question, answer)


def _text_misfit(question: TextQuestion, answer: Answer) -> Misfit:
    if not isinstance(answer, str):
        return "text-expected", "请填写文字。", "write your answer as text."
    if len(answer) > question.max_length:
        most, length = question.max_length, len(answer)
        return (
            "text-too-long",
            f"最多填写 {most} 个字，您填了 {length} 个字，请精简。",
            f"at most {most} characters; yours has {length}. Please shorten it.",
        )
    return None


def _single_misfit(question: SingleQuestion, answer: Answer) -> Misfit:
    if not isinstance(answer, str):
        return "single-choice-expected", "是单选题，请只选一项。", "choose exactly one option."
    return _unknown_option(question, [answer])


def _multiple_misfit(question: MultipleQuestion, answer: Answer) -> Misfit:
    if isinstance(answer, str):
        return "choices-expected", "是多选题，请从选项中选择。", "choose from the options."
    if len(set(answer)) < len(answer):
        return "choice-repeated", "同一选项只能选一次。", "choose each option only once."
    return _unknown_option(question, answer) or _miscounted(question, len(answer))


def _unknown_option(question: ChoiceQuestion, chosen: list[str]) -> Misfit:
    known = {option.id for option in question.options}
    if all(option_id in known for option_id in chosen):
        return None
    zh = "没有您选的这个选项，请刷新问卷后重选。"
    return "option-unknown", zh, "there is no such option; reload the survey and choose again."


def _miscounted(question: MultipleQuestion, chosen: int) -> Misfit:
    if chosen < question.min_choices:
        return (
            "too-few-choices",
            f"至少选 {question.min_choices} 项，您选了 {chosen} 项，请再选。",
            f"choose at least {question.min_choices}; you chose {chosen}.",
        )
    if chosen > question.max_choices:
        return (
            "too-many-choices",
            f"最多选 {question.max_choices} 项，您选了 {chosen} 项，请减少。",
            f"choose at most {question.max_choices}; you chose {chosen}.",
        )
    return None
