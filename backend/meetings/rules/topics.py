"""Topics that residents propose and support (议题)."""

from backend.core.problems import Kind, Refusal


class TopicAlreadySupported(Refusal):
    """A person supports a topic once."""

    kind = Kind.CONFLICT
    code = "topic-already-supported"
    zh = "您已支持过这个议题。"
    en = "You support this topic already."
    constraint = "topic_supports_once"
