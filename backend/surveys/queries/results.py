"""Figures of a survey, counted from the responses whenever somebody asks: no counter is kept."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from backend.core.access import Actor, Permission
from backend.core.db import fetch
from backend.surveys import rules
from backend.surveys.queries.surveys import get_survey_for
from backend.surveys.schemas import OptionResult, QuestionResult, SurveyResultsView
from backend.surveys.types import Option, Question, Questionnaire, TextQuestion

TEXTS_SHOWN = 1000
"""The newest texts of a question; `base` says how many there are."""

_FIGURES = """
SELECT GROUPING(a.key) = 1 AS is_all, a.key AS question_id, c.value AS option_id,
       count(DISTINCT r.id) AS people
  FROM survey_responses r
  LEFT JOIN LATERAL jsonb_each(r.answers) a ON true
  LEFT JOIN LATERAL jsonb_array_elements_text(
            CASE WHEN a.key <> ALL ($2::text[]) THEN '[]'::jsonb
                 WHEN jsonb_typeof(a.value) = 'array' THEN a.value
                 ELSE jsonb_build_array(a.value) END) c ON true
 WHERE r.survey_id = $1 GROUP BY GROUPING SETS ((), (a.key), (a.key, c.value))
"""

_TEXTS = """
SELECT q.id AS question_id, t.text FROM unnest($2::text[]) AS q (id), LATERAL (
    SELECT r.answers->>q.id AS text FROM survey_responses r
     WHERE r.survey_id = $1 AND r.answers ? q.id ORDER BY r.received_at DESC, r.id LIMIT $3) t
"""


@dataclass(frozen=True, slots=True)
class _Figures:
    """What was counted: everybody, who answered a question (option None), who chose an option."""

    responses: int
    people: dict[tuple[str, str | None], int]
    needs: dict[tuple[str, str], UUID]
    texts: dict[str, list[str]]


async def get_survey_results(actor: Actor, survey_id: UUID) -> SurveyResultsView:
    """Counts and shares of every question, for those who run surveys there."""
    survey = await get_survey_for(actor, survey_id, Permission.RUN_SURVEYS)
    figures = await _count(survey_id, survey.questionnaire)
    return SurveyResultsView(
        survey_id=survey_id,
        state=rules.decide_state(survey.period),
        responses=figures.responses,
        questions=[_question(question, figures) for question in survey.questionnaire.questions],
    )


async def _count(survey_id: UUID, questionnaire: Questionnaire) -> _Figures:
    texts = [q.id for q in questionnaire.questions if isinstance(q, TextQuestion)]
    choices = [q.id for q in questionnaire.questions if not isinstance(q, TextQuestion)]
    rows = await fetch(_FIGURES, survey_id, choices)
    needs = await fetch(
        "SELECT question_id, option_id, need_id FROM survey_needs WHERE survey_id = $1", survey_id
    )
    return _Figures(
        responses=next((row["people"] for row in rows if row["is_all"]), 0),
        people={
            (row["question_id"], row["option_id"]): row["people"]
            for row in rows
            if not row["is_all"]
        },
        needs={(row["question_id"], row["option_id"]): row["need_id"] for row in needs},
        texts=await _list_texts(survey_id, texts),
    )


async def _list_texts(survey_id: UUID, question_ids: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    if question_ids:
        for row in await fetch(_TEXTS, survey_id, question_ids, TEXTS_SHOWN):
            found[row["question_id"]].append(row["text"])
    return found


def _question(question: Question, figures: _Figures) -> QuestionResult:
    base = figures.people.get((question.id, None), 0)
    options = () if isinstance(question, TextQuestion) else question.options
    return QuestionResult(
        question_id=question.id,
        type=str(question.__struct_config__.tag),
        zh=question.zh,
        en=question.en,
        base=base,
        options=[_option(question.id, option, base, figures) for option in options],
        texts=figures.texts.get(question.id, []),
    )


def _option(question_id: str, option: Option, base: int, figures: _Figures) -> OptionResult:
    count = figures.people.get((question_id, option.id), 0)
    return OptionResult(
        option_id=option.id,
        zh=option.zh,
        en=option.en,
        count=count,
        share=rules.share_of(count, base),
        need_id=figures.needs.get((question_id, option.id)),
    )
