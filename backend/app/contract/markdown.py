"""Markdown tables."""

from collections.abc import Iterable, Sequence

WRITTEN_BY = "<!-- Written by `make spec` from the code; do not edit. -->\n\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with one line a row; a `|` inside a cell stays readable."""
    return "".join(map(_line, [head, ["---"] * len(head), *rows]))


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |\n"
