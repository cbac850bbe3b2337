"""What those who named a need are told: what happened, and what comes next.

Plain and warm, in both languages; never who else named it, never the private detail.
"""

from dataclasses import dataclass

from backend.needs.types import NewStep, SourceKind, Step, StepMessage

_TITLE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step in words: its name, what happened to the need, and what comes next."""

    name_zh: str
    name_en: str
    happened_zh: str
    happened_en: str
    next_zh: str
    next_en: str


STEP_WORDS: dict[Step, StepWords] = {
    Step.TOPIC_PROPOSED: StepWords(
        "邻里议题",
        "a topic for the neighbours",
        "已作为议题提出，请邻居们一起商量",
        "is now a topic for the neighbours to deliberate",
        "支持的人越多，越可能列入会议议程；您也可以去支持这个议题。",
        "The more neighbours support it, the likelier it is on an agenda; you may support it too.",
    ),
    Step.DECIDED: StepWords(
        "会议决定",
        "decided at a meeting",
        "已经开会表决，有了决定",
        "was voted on at a meeting, and there is a decision",
        "决定会公示至少十五天，接下来按决定落实，有进展再告诉您。",
        "The decision stays public for at least fifteen days, then it is carried out.",
    ),
    Step.CALL_OPENED: StepWords(
        "项目征集",
        "a call for projects",
        "已进入公益项目征集",
        "is now part of a call for projects",
        "社会组织正在报方案，评审以后会公布由谁来做。",
        "Organisations are sending their plans; after the review you will hear who does the work.",
    ),
    Step.AWARDED: StepWords(
        "立项",
        "the award",
        "已经选定由谁来做",
        "has an organisation that will do the work",
        "结果会公示至少十五天，随后项目开始。",
        "The award stays public for at least fifteen days, then the project starts.",
    ),
    Step.PROJECT_STARTED: StepWords(
        "项目启动",
        "the project's start",
        "已有项目开始做了",
        "now has a project at work",
        "服务的时间和地点会陆续安排，请留意社区通知。",
        "Times and places of the service follow; watch for notices of your community.",
    ),
    Step.ANSWERED: StepWords(
        "具体答复",
        "a concrete answer",
        "有了具体答复",
        "has a concrete answer",
        "如果没有说到您心里，请告诉社区工作人员。",
        "If it misses what you meant, please tell your community's staff.",
    ),
    Step.DELIVERED: StepWords(
        "落实",
        "delivery",
        "已经落实",
        "has been delivered",
        "做得好不好您说了算，欢迎把感受告诉我们。",
        "How well it was done is for you to say: please tell us.",
    ),
}

_HEARD: dict[SourceKind, tuple[str, str]] = {
    SourceKind.SURVEY: ("您在问卷里提到的", "which you named in the survey"),
    SourceKind.VISIT: ("您在走访时说起的", "which you told us about when we visited"),
    SourceKind.MEETING: ("您在会上提到的", "which you raised at a meeting"),
    SourceKind.SUGGESTION: ("您建议的", "which you suggested"),
}


def message_of(
    need_title: str, source: SourceKind, step: Step, text_zh: str, text_en: str
) -> StepMessage:
    """The message about a step; `text_…` is the sentence of the room that took it, or empty."""
    words, (heard_zh, heard_en) = STEP_WORDS[step], _HEARD[source]
    title = _short(need_title)
    said_zh, said_en = _sentence(text_zh, "。"), _sentence(text_en, ". ")
    return StepMessage(
        title_zh=f"“{title}”有新进展：{words.name_zh}",
        title_en=f"News on “{title}”: {words.name_en}",
        text_zh=f"{heard_zh}“{title}”{words.happened_zh}。{said_zh}{words.next_zh}",
        text_en=f"“{title}”, {heard_en}, {words.happened_en}. {said_en}{words.next_en}",
    )


def answered_step(need_title: str, kind: str, ref_id: str) -> NewStep:
    """The step by which a need counts as answered, with its link to the answer."""
    title = _short(need_title)
    return NewStep(
        Step.ANSWERED,
        kind,
        ref_id,
        f"“{title}”已有专门的安排来回应",
        f"“{title}” is now being answered by something made for it",
    )


def _short(title: str) -> str:
    return title if len(title) <= _TITLE_LENGTH else f"{title[: _TITLE_LENGTH - 1]}…"


def _sentence(text: str, stop: str) -> str:
    """The text with one stop at its end, ready to be followed; nothing for an empty one."""
    bare = text.strip().rstrip("。. ")
    if not bare:
        return ""
    return bare + (stop[1:] if bare[-1] in "！？!?" else stop)
