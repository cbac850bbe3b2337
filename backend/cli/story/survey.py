"""Act 1: a 社工 asks 200 residents what they need, and raises a need from their answers."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from backend.cli.story.cast import Cast
from backend.cli.story.stage import Player, Stage, require
from backend.seeding.people import COMMUNITY

WHO = ("self", "parent", "neighbour", "nobody")
CARE = ("evening", "meals", "bath", "talk")
EVENING_EVERY = 5
"""Four of every five residents choose evening care; one does not."""

QUESTIONNAIRE: dict[str, Any] = {
    "questions": [
        {
            "type": "single",
            "id": "who",
            "zh": "家里或邻里谁需要照护？",
            "en": "Who at home or next door needs care?",
            "options": [
                {"id": "self", "zh": "我自己", "en": "myself"},
                {"id": "parent", "zh": "父母", "en": "my parents"},
                {"id": "neighbour", "zh": "邻居", "en": "a neighbour"},
                {"id": "nobody", "zh": "没有", "en": "nobody"},
            ],
        },
        {
            "type": "multiple",
            "id": "care",
            "zh": "最需要哪些帮助？（最多选两项）",
            "en": "Which help is needed most? (at most two)",
            "min_choices": 1,
            "max_choices": 2,
            "options": [
                {
                    "id": "evening",
                    "zh": "老人晚间照护",
                    "en": "evening care for the elderly",
                    "category": "elderly",
                },
                {"id": "meals", "zh": "送餐", "en": "meals", "category": "elderly"},
                {"id": "bath", "zh": "助浴", "en": "help with bathing", "category": "elderly"},
                {"id": "talk", "zh": "陪伴聊天", "en": "company", "category": "elderly"},
            ],
        },
        {
            "type": "text",
            "id": "words",
            "zh": "还有什么想说的？",
            "en": "Anything else?",
            "required": False,
            "max_length": 200,
        },
    ]
}


async def play_survey(stage: Stage, cast: Cast) -> None:
    """Open the survey, answer it 200 times, read the results, raise the need."""
    stage.act(1, "What do people need? A survey (需求调查)")
    worker = cast.staff["shegong"]
    survey_id = await _open(stage, worker)
    await _answer(stage, cast, survey_id)
    await _results(stage, worker, survey_id)
    await _raise(stage, cast, worker, survey_id)


async def _open(stage: Stage, worker: Player) -> str:
    body = {
        "title": "2026 年为老服务需求调查",
        "purpose": "了解老人和照护者最需要什么，用来安排明年的服务项目。",
        "questionnaire": QUESTIONNAIRE,
    }
    await stage.eve_tries("POST", f"/v1/places/{COMMUNITY}/surveys", body)
    survey = await stage.ask(worker, "POST", f"/v1/places/{COMMUNITY}/surveys", body)
    path = f"/v1/surveys/{survey['id']}"
    now = datetime.fromisoformat((await stage.ask(worker, "GET", "/v1/clock"))["now"])
    closing = {"closes_at": (now + timedelta(days=7)).isoformat()}
    await stage.eve_tries("POST", f"{path}/opening", closing)
    opened = await stage.ask(worker, "POST", f"{path}/opening", closing)
    stage.say(
        f"{worker} opens «{survey['title']}»: 3 questions, frozen as"
        f" {opened['questionnaire_sha256'][:12]}…"
    )
    return str(survey["id"])


def _body(number: int, now: str) -> dict[str, Any]:
    first = CARE[1 + number % 3] if number % EVENING_EVERY == 0 else "evening"
    second = CARE[1 + (number + 1) % 3]
    answers: dict[str, Any] = {
        "who": WHO[number % len(WHO)],
        "care": [first] if number % 2 else sorted({first, second}),
    }
    if number % 10 == 0:
        answers["words"] = "傍晚子女还没下班，老人一个人在家，最需要有人陪。"
    return {"answers": answers, "client_id": str(uuid4()), "answered_at": now}


async def _answer(stage: Stage, cast: Cast, survey_id: str) -> None:
    path = f"/v1/surveys/{survey_id}/responses"
    now = (await stage.ask(cast.chair, "GET", "/v1/clock"))["now"]
    await stage.eve_tries("POST", path, _body(1, now))
    bodies = [_body(number, now) for number in range(len(cast.residents))]
    await stage.all_of(
        stage.ask(resident, "POST", path, body)
        for resident, body in zip(cast.residents, bodies, strict=True)
    )
    stage.say(f"{len(bodies)} residents sign in and answer once each")
    again = await stage.ask(cast.residents[0], "POST", path, _body(7, now), expect=409)
    stage.say(f"{cast.residents[0]} answers again and is told: {again['detail']}")


async def _results(stage: Stage, worker: Player, survey_id: str) -> None:
    path = f"/v1/surveys/{survey_id}/results"
    await stage.eve_tries("GET", path)
    results = await stage.ask(worker, "GET", path)
    care = next(q for q in results["questions"] if q["question_id"] == "care")
    for option in care["options"]:
        stage.say(f"{option['zh']:<8} {option['count']:>4} of {care['base']}")
    evening = next(o for o in care["options"] if o["option_id"] == "evening")
    expected = sum(1 for number in range(care["base"]) if number % EVENING_EVERY)
    require(evening["count"] == expected, f"{evening['count']} chose evening, not {expected}")
    stage.figures["responses"] = results["responses"]
    stage.figures["evening"] = evening["count"]


async def _raise(stage: Stage, cast: Cast, worker: Player, survey_id: str) -> None:
    body = {
        "question_id": "care",
        "option_id": "evening",
        "title": "老人晚间照护",
        "detail": "傍晚五点到八点，独居和空巢老人无人照看；多数来自双职工家庭。",
        "urgency": "normal",
    }
    await stage.eve_tries("POST", f"/v1/surveys/{survey_id}/needs", body)
    raised = await stage.ask(worker, "POST", f"/v1/surveys/{survey_id}/needs", body)
    require(raised["voices"] == stage.figures["evening"], "the voices are those who chose it")
    stage.figures["need_id"] = raised["need_id"]
    stage.say(f"{worker} raises the need «老人晚间照护», named by {raised['voices']} people")
    await stage.eve_tries("GET", f"/v1/needs/{raised['need_id']}")
    seen = await stage.ask(cast.residents[1], "GET", f"/v1/needs/{raised['need_id']}")
    require(seen["private"] is None, "a resident must not see the private detail")
