"""Values of notices."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A message about one event, in both languages.

    `subject_kind` and `subject_id` name what it is about; `tag` names the event, so that a
    person who was told once is not told again.
    """

    topic: str
    subject_kind: str
    subject_id: str
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    tag: str
