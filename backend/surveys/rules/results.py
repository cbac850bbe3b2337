"""Figures of a survey: every share stands over its base."""


def share_of(count: int, base: int) -> str | None:
    """A share as `84/200`, not reduced, so that its base stays in sight; None over nobody."""
    return f"{count}/{base}" if base else None
