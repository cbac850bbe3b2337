"""How a refusal names every fault at once, each in the reader's words."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, ClassVar

from backend.surveys.types import Fault


class NamesFaults:
    """Beside `Refusal`: `errors` lists question_id, reason, zh and en; the sentence joins them."""

    zh: ClassVar[str]
    en: ClassVar[str]
    facts: dict[str, Any]

    def sentence(self, language: str) -> str:
        """Every fault in one sentence of the reader's language."""
        template, spoken = (self.en, "en") if language == "en" else (self.zh, "zh")
        errors = self.facts.get("errors", ())
        return template.format(faults=" ".join(error[spoken] for error in errors))


def listed(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Faults as facts of a refusal."""
    return [asdict(fault) for fault in faults]
