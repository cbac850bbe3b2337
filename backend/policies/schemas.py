"""What crosses the wire in policies; everybody may read it."""

from datetime import date
from typing import Any

from backend.core.wire import View


class PolicyLine(View):
    """A version of a policy pack; `sha256` is the fingerprint of its file, which calls pin.

    `place_code` is the jurisdiction; `valid_from` and `valid_to` are included, null is open.
    """

    key: str
    version: str
    title: str
    place_code: str
    valid_from: date
    valid_to: date | None
    sha256: str


class ParameterView(View):
    """A parameter with the ground it stands on.

    `source` is ids of rules, `law` or `local` (no document names the number, `note` says why);
    `principle` marks 原则上: a default that may be overridden with reason and approver.
    """

    path: str
    value: Any
    source: str
    clause: str
    principle: bool
    note: str


class PolicyView(PolicyLine):
    """A policy pack with its document and every parameter."""

    document: str
    note: str
    parameters: list[ParameterView]
